package dev.requorum.operator.spec;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of etcd.
 *
 * @param suffix what follows the numbers, with its dash; may be empty
 */
public record EtcdVersion(int major, int minor, int patch, String suffix)
    implements Comparable<EtcdVersion> {

  /** The first version that tells its readiness at {@code /readyz}. */
  public static final EtcdVersion OLDEST = new EtcdVersion(3, 5, 11, "");

  private static final Pattern FORM =
      Pattern.compile("v?(3)\\.([0-9]{1,3})\\.([0-9]{1,3})(-[0-9A-Za-z.-]{1,40})?");

  /** The version; empty where the text is none, or null. */
  public static Optional<EtcdVersion> parse(String text) {
    Matcher matcher = FORM.matcher(text == null ? "" : text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String suffix = matcher.group(4) == null ? "" : matcher.group(4);
    return Optional.of(
        new EtcdVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3), suffix));
  }

  /** The image's tag, which begins with a v. */
  public String tag() {
    return "v" + this;
  }

  /** By the numbers alone. */
  @Override
  public int compareTo(EtcdVersion other) {
    return Comparator.comparingInt(EtcdVersion::major)
        .thenComparingInt(EtcdVersion::minor)
        .thenComparingInt(EtcdVersion::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + suffix;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
