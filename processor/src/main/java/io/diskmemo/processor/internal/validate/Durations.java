package io.diskmemo.processor.internal.validate;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as annotations have them: a number and a unit, or as ISO 8601 has them. */
final class Durations {
  private static final Map<String, Duration> UNITS = Map.of(
      "s", Duration.ofSeconds(1),
      "m", Duration.ofMinutes(1),
      "h", Duration.ofHours(1),
      "d", Duration.ofDays(1),
      "w", Duration.ofDays(7));
  private static final Map<String, String> UNITS_IN_WORDS = Map.of(
      "s", "s|secs?|seconds?",
      "m", "m|mins?|minutes?",
      "h", "h|hrs?|hours?",
      "d", "d|days?",
      "w", "w|weeks?");
  private static final Pattern AMOUNT = Pattern.compile("([0-9]+)([smhdw])");
  private static final Pattern WORDS = Pattern.compile("([0-9]+)\\s*([a-z]+)");
  private static final Pattern ISO = Pattern.compile("[-+]?[Pp].*");

  private Durations() {}

  /**
   * Reads one.
   *
   * @return empty if it is none
   * @throws ArithmeticException if it is too long to be counted
   */
  static Optional<Duration> parse(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (amount.matches()) {
      return Optional.of(
          Objects.requireNonNull(UNITS.get(amount.group(2))).multipliedBy(count(amount.group(1))));
    }
    return ISO.matcher(text).matches() ? iso(text) : Optional.empty();
  }

  private static long count(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw tooLong(digits, e);
    }
  }

  private static Optional<Duration> iso(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeException e) {
      if (e.getCause() != null) { // a number out of range
        throw tooLong(text, e);
      }
      return Optional.empty();
    }
  }

  private static ArithmeticException tooLong(String text, RuntimeException cause) {
    ArithmeticException tooLong = new ArithmeticException(text);
    tooLong.initCause(cause);
    return tooLong;
  }

  /** What somebody meant who wrote the unit as a word, or with a space before it. */
  static Optional<String> meant(String text) {
    Matcher words = WORDS.matcher(text.strip().toLowerCase(Locale.ROOT));
    return !words.matches()
        ? Optional.empty()
        : UNITS_IN_WORDS.entrySet().stream()
            .filter(unit -> words.group(2).matches(unit.getValue()))
            .map(unit -> words.group(1) + unit.getKey())
            .findFirst();
  }
}
