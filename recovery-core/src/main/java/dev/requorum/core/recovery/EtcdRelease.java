package dev.requorum.core.recovery;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of etcd, as a member reports it.
 *
 * @param preRelease true for what came before that release, and may lack what it brought
 */
record EtcdRelease(int major, int minor, int patch, boolean preRelease)
    implements Comparable<EtcdRelease> {

  private static final Pattern FORM =
      Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(-[^+]*)?(\\+.*)?");

  private static final Comparator<EtcdRelease> ORDER =
      Comparator.comparingInt(EtcdRelease::major)
          .thenComparingInt(EtcdRelease::minor)
          .thenComparingInt(EtcdRelease::patch)
          .thenComparing(EtcdRelease::preRelease, Comparator.reverseOrder());

  /** Empty where the text is no release, such as that of a build of somebody's own. */
  static Optional<EtcdRelease> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new EtcdRelease(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                matcher.group(4) != null))
        : Optional.empty();
  }

  boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
    return compareTo(new EtcdRelease(otherMajor, otherMinor, otherPatch, false)) >= 0;
  }

  boolean isOf(int otherMajor, int otherMinor) {
    return major == otherMajor && minor == otherMinor;
  }

  /** True for this minor release, before this patch of it. */
  boolean before(int otherMajor, int otherMinor, int otherPatch) {
    return isOf(otherMajor, otherMinor) && !atLeast(otherMajor, otherMinor, otherPatch);
  }

  @Override
  public int compareTo(EtcdRelease other) {
    return ORDER.compare(this, other);
  }
}
