package dev.requorum.operator.spec;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as Kubernetes writes them: {@code 90s}, {@code 1h30m}. */
public final class GoDuration {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,3}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?");

  private GoDuration() {}

  /** The duration; empty where the text is none. Whole hours, minutes and seconds only. */
  public static Optional<Duration> parse(String text) {
    if (text.isEmpty() || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(Duration.parse("PT" + text));
  }

  /** The shortest form of it; a part of a second is dropped. */
  public static String format(Duration duration) {
    String iso = Duration.ofSeconds(duration.toSeconds()).toString();
    return iso.substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
