package io.diskmemo.it;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Arguments made by chance, many of them extreme. */
final class Chance {
  private static final List<String> PIECES = List.of(
      "",
      " ",
      "a",
      "word",
      "Ünïcödé",
      "日本語",
      "😀",
      "\uD83D",
      "\uDE00",
      "\0",
      "\t",
      "\r\n",
      "\"",
      "'",
      ",",
      ";",
      "&amp;",
      "&#x1F600;",
      "&eacute",
      "<",
      ">",
      "\\",
      "\u202E",
      "\uFEFF",
      "ﬁ",
      "ß",
      "İ");
  private static final List<String> MARKUP = List.of(
      "<p class='a b'>",
      "</p>",
      "<a href='https://example.org/?q=1'>",
      "<a href='::'>",
      "</a>",
      "<b>",
      "</i>",
      "<script>x()</script>",
      "<table><td>",
      "<!-- c -->",
      "<img src=x onerror=y>");
  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    1e-300
  };
  private static final LocalDate[] DATES = {
    LocalDate.EPOCH, LocalDate.of(1, 1, 1), LocalDate.of(-9999, 12, 31), LocalDate.of(2024, 2, 29)
  };

  private final Random random;

  Chance(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }

  <T> List<T> several(int most, Supplier<T> each) {
    List<T> list = new ArrayList<>();
    for (int n = below(most + 1); n > 0; n--) {
      list.add(each.get());
    }
    return list;
  }

  String text() {
    return String.join("", several(12, () -> one(PIECES))) + (char) below(0x10000);
  }

  String html() {
    return String.join("", several(12, () -> below(2) == 0 ? one(MARKUP) : one(PIECES)));
  }

  String csv() {
    return String.join(
        "\r\n",
        several(
            6,
            () -> String.join(
                ",", several(5, () -> below(9) == 0 ? "\"a\"\"" + text() + '"' : one(PIECES)))));
  }

  /** Any bits there are, or one that somebody would use. */
  double number() {
    return switch (below(4)) {
      case 0 -> NUMBERS[below(NUMBERS.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextGaussian() * 100;
    };
  }

  double usual() {
    return Math.round(random.nextGaussian() * 1000) / 8.0;
  }

  double[] numbers(int most) {
    return several(most, this::number).stream().mapToDouble(Double::doubleValue).toArray();
  }

  double[] usual(int count) {
    return random.doubles(count, -9, 9).map(Math::rint).toArray();
  }

  double[][] matrix(int size) {
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = usual(size);
    }
    return rows;
  }

  Shapes.Point point() {
    return below(20) == 0 ? new Shapes.Point(0, 0) : new Shapes.Point(usual(), usual());
  }

  LocalDate date() {
    return below(5) == 0
        ? DATES[below(DATES.length)]
        : LocalDate.ofEpochDay(random.nextInt(200_000) - 100_000);
  }

  Duration duration() {
    return Duration.ofSeconds(random.nextInt(), below(1_000_000_000));
  }

  Instant instant() {
    return Instant.EPOCH.plus(duration());
  }

  OffsetDateTime dateTime() {
    return instant().atOffset(ZoneOffset.ofHours(below(37) - 18));
  }

  Period period() {
    return Period.of(below(5) - 2, below(30) - 9, below(40) - 9);
  }

  String amount() {
    return below(6) == 0
        ? text()
        : "P%dM%dDT%dH0.%dS".formatted(below(99) - 9, below(99) - 9, below(99), below(999));
  }

  BigInteger integer() {
    return new BigInteger(below(200), random).subtract(BigInteger.valueOf(random.nextInt()));
  }

  long whole() {
    return below(10) == 0 ? Long.MIN_VALUE + below(2) : random.nextInt();
  }
}
