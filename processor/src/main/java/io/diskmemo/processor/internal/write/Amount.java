package io.diskmemo.processor.internal.write;

import java.time.Duration;
import java.util.List;

/**
 * A duration as people write it: in the largest unit of which it is a whole number.
 *
 * @param count of units
 * @param unit as in {@code Duration.ofDays}
 */
record Amount(long count, String unit) {
  private record Unit(Duration length, String name) {}

  private static final List<Unit> UNITS = List.of(
      new Unit(Duration.ofDays(1), "Days"),
      new Unit(Duration.ofHours(1), "Hours"),
      new Unit(Duration.ofMinutes(1), "Minutes"),
      new Unit(Duration.ofSeconds(1), "Seconds"),
      new Unit(Duration.ofMillis(1), "Millis"));

  static Amount of(Duration duration) {
    for (Unit unit : UNITS) {
      long count = duration.dividedBy(unit.length());
      if (unit.length().multipliedBy(count).equals(duration)) {
        return new Amount(count, unit.name());
      }
    }
    return new Amount(duration.toNanos(), "Nanos");
  }

  /** {@code 30}, or {@code 3000000000L}. */
  String literal() {
    return count == (int) count ? Long.toString(count) : count + "L";
  }
}
