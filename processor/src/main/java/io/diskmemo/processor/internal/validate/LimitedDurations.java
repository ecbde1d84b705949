package io.diskmemo.processor.internal.validate;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses an element of an annotation that is a duration between two limits.
 *
 * @param element its name
 * @param id of mistakes in it
 * @param shortest that is allowed
 * @param longest that is allowed
 * @param limits the same for people
 */
record LimitedDurations(
    String element, MistakeId id, Duration shortest, Duration longest, String limits) {
  /** Of {@code @Throttled}. */
  static final LimitedDurations PERIOD = new LimitedDurations(
      "period",
      MistakeId.BAD_PERIOD,
      Duration.ofMillis(1),
      Duration.ofDays(100),
      "1 ms to 100 days");

  /** Of {@code @OneAtATime}. */
  static final LimitedDurations TTL = new LimitedDurations(
      "ttl", MistakeId.BAD_TTL, Duration.ofMillis(100), Duration.ofHours(24), "100 ms to 24 hours");

  private static final Pattern MILLIS =
      Pattern.compile("([0-9]{1,9})\\s*(ms|msecs?|millis|milliseconds?)");

  Duration parse(String text) {
    Duration duration = duration(text);
    if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
      throw outOfLimits(text);
    }
    return duration;
  }

  private Duration duration(String text) {
    try {
      return Durations.parse(text).orElseThrow(() -> misspelled(text));
    } catch (ArithmeticException e) {
      throw outOfLimits(text);
    }
  }

  private Mistake outOfLimits(String text) {
    return new Mistake(
        id, "%s \"%s\" is out of its limits; choose one of %s", element, text, limits);
  }

  private Mistake misspelled(String text) {
    String guess = meant(text).map(m -> "did you mean \"" + m + "\"? ").orElse("");
    return new Mistake(
        id,
        "%s \"%s\" is not a duration; %sa %s is \"1s\", \"15m\", \"12h\", or an ISO-8601 duration"
            + " such as \"PT0.5S\", from %s",
        element,
        text,
        guess,
        element,
        limits);
  }

  private static Optional<String> meant(String text) {
    Matcher millis = MILLIS.matcher(text.strip().toLowerCase(Locale.ROOT));
    return millis.matches()
        ? Optional.of(Duration.ofMillis(Long.parseLong(millis.group(1))).toString())
        : Durations.meant(text);
  }
}
