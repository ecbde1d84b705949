package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Expiry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Parses the {@code ttl} of an annotation. */
final class TimesToLive {
  private static final String ACCEPTED =
      "a ttl is \"90s\", \"15m\", \"12h\", \"30d\", \"4w\", an ISO-8601 duration such as \"PT15M\","
          + " or \"never\"";
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

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
      return Durations.parse(ttl).orElseThrow(() -> misspelled(ttl));
    } catch (ArithmeticException e) {
      throw tooLong(ttl);
    }
  }

  private static Duration checked(String ttl, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new Mistake(
          MistakeId.BAD_TTL,
          "ttl \"%s\" is not positive, so that nothing would ever be found; %s",
          ttl,
          ACCEPTED);
    }
    if (duration.compareTo(SHORTEST) < 0) {
      throw new Mistake(
          MistakeId.BAD_TTL,
          "ttl \"%s\" is less than a millisecond, so that nothing would ever be found; %s",
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
    return ttl.strip().toLowerCase(Locale.ROOT).matches("never|forever|eternal|infinite")
        ? Optional.of("never")
        : Durations.meant(ttl);
  }
}
