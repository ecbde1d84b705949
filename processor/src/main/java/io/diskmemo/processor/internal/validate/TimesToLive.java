package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Expiry;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the {@code ttl} of an annotation. */
final class TimesToLive {
  private static final String ACCEPTED =
      "a ttl is \"90s\", \"15m\", \"12h\", \"30d\", \"4w\", an ISO-8601 duration such as \"PT15M\","
          + " or \"never\"";
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
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

  private TimesToLive() {}

  static Expiry parse(String ttl) {
    if (ttl.isEmpty()) {
      return new Expiry.OfKind();
    }
    if (ttl.equals("never")) {
      return new Expiry.Never();
    }
    return new Expiry.After(checked(ttl, duration(ttl)));
  }

  private static Duration duration(String ttl) {
    try {
      Matcher amount = AMOUNT.matcher(ttl);
      if (amount.matches()) {
        return Objects.requireNonNull(UNITS.get(amount.group(2)))
            .multipliedBy(Long.parseLong(amount.group(1)));
      }
      if (ISO.matcher(ttl).matches()) {
        return Duration.parse(ttl);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw tooLong(ttl);
    } catch (DateTimeException e) {
      throw e.getCause() == null ? misspelled(ttl) : tooLong(ttl); // a number out of range
    }
    throw misspelled(ttl);
  }

  private static Duration checked(String ttl, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new Mistake(
          MistakeId.BAD_TTL,
          "ttl \"%s\" is not positive, so that nothing would ever be found; %s",
          ttl,
          ACCEPTED);
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw tooLong(ttl);
    }
    return duration;
  }

  private static Mistake tooLong(String ttl) {
    return new Mistake(
        MistakeId.BAD_TTL, "ttl \"%s\" is longer than 292 years; did you mean \"never\"?", ttl);
  }

  private static Mistake misspelled(String ttl) {
    String guess = meant(ttl).map(m -> "did you mean \"" + m + "\"? ").orElse("");
    return new Mistake(
        MistakeId.BAD_TTL, "ttl \"%s\" is not a duration; %s%s", ttl, guess, ACCEPTED);
  }

  private static Optional<String> meant(String ttl) {
    String lowerCase = ttl.strip().toLowerCase(Locale.ROOT);
    Matcher words = WORDS.matcher(lowerCase);
    if (!words.matches()) {
      return lowerCase.matches("never|forever|eternal|infinite")
          ? Optional.of("never")
          : Optional.empty();
    }
    return UNITS_IN_WORDS.entrySet().stream()
        .filter(unit -> words.group(2).matches(unit.getValue()))
        .map(unit -> words.group(1) + unit.getKey())
        .findFirst();
  }
}
