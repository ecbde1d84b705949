package io.diskmemo.maven;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Amounts as people read them, the same in every locale. */
final class AmountText {
  private static final long LARGEST_EXACT = 99_999;
  private static final List<String> THOUSANDS = List.of("", "k", "M", "G", "T", "P", "E");
  private static final List<String> BYTES =
      List.of(" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB");

  private AmountText() {}

  /** As {@code 1,234,567}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** As {@code 99,999}, {@code 123k}, {@code 1.2M}. */
  static String rounded(long count) {
    return count <= LARGEST_EXACT ? count(count) : scaled(count, 1000, THOUSANDS);
  }

  /** As {@code 512 B}, {@code 1.5 KiB}, {@code 230 MiB}. */
  static String bytes(long bytes) {
    return scaled(bytes, 1024, BYTES);
  }

  private static String scaled(long amount, int step, List<String> units) {
    double scaled = (double) amount;
    int unit = 0;
    while (scaled >= step - 0.5) { // or it would be rounded up to a whole step
      scaled /= step;
      unit++;
    }
    return threeDigits(scaled) + units.get(unit);
  }

  /** In the units of a time to live, as {@code 12ms}, {@code 1.5s}, {@code 3m 20s}, {@code 3d 4h}. */
  static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return threeDigits(Math.floor(duration.toMillis() / 100.0) / 10) + "s";
    }
    if (duration.compareTo(Duration.ofHours(1)) < 0) {
      return pair(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
    }
    if (duration.compareTo(Duration.ofDays(1)) < 0) {
      return pair(duration.toHours(), "h", duration.toMinutesPart(), "m");
    }
    return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
  }

  private static String pair(long large, String largeUnit, int small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
  }

  private static String threeDigits(double amount) {
    String text = String.format(Locale.ROOT, amount < 99.95 ? "%.1f" : "%.0f", amount);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
