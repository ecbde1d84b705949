package io.diskmemo;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of values in files, properties and the environment. */
final class SettingText {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,19}) ?([A-Za-z]*)");
  private static final Map<String, Long> BYTES = Map.of(
      "", 1L,
      "B", 1L,
      "KB", 1_000L,
      "MB", 1_000_000L,
      "GB", 1_000_000_000L,
      "KiB", 1L << 10,
      "MiB", 1L << 20,
      "GiB", 1L << 30);
  private static final Map<String, Duration> UNITS = Map.of(
      "ms", Duration.ofMillis(1),
      "s", Duration.ofSeconds(1),
      "m", Duration.ofMinutes(1),
      "h", Duration.ofHours(1),
      "d", Duration.ofDays(1),
      "w", Duration.ofDays(7));

  private SettingText() {}

  static long bytes(String text) {
    Matcher amount = AMOUNT.matcher(text);
    Long unit = amount.matches() ? BYTES.get(amount.group(2)) : null;
    if (unit == null) {
      throw new InvalidSettingException(
          "\"" + text + "\" is no size; write a whole number and B, KB, MB, GB, KiB, MiB or GiB");
    }
    try {
      return Math.multiplyExact(Long.parseLong(amount.group(1)), unit);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new InvalidSettingException("\"" + text + "\" is more than any disk holds");
    }
  }

  static Duration duration(String text) {
    Matcher amount = AMOUNT.matcher(text);
    Duration unit = amount.matches() ? UNITS.get(amount.group(2)) : null;
    try {
      return unit != null
          ? unit.multipliedBy(Long.parseLong(amount.group(1)))
          : Duration.parse(text);
    } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
      throw new InvalidSettingException("\""
          + text
          + "\" is no duration; write a whole number and ms, s, m, h, d or w, or an ISO-8601"
          + " duration such as PT15M");
    }
  }

  static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidSettingException("\"" + text + "\" is no whole number");
    }
  }

  static double decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidSettingException("\"" + text + "\" is no number");
    }
  }

  static boolean onOrOff(String text) {
    return switch (text) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new InvalidSettingException("\"" + text + "\" is neither on nor off");
    };
  }

  static <E extends Enum<E>> E constant(Class<E> type, String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InvalidSettingException(
            "\"" + text + "\" is none of " + Arrays.toString(constants)));
  }
}
