package io.diskmemo.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Calls of every memoized method, the same for the same seed. */
final class Workload {
  static final int CALLS_EACH = 2_000;

  private final Map<String, List<Function<Libraries, Object>>> calls = new LinkedHashMap<>();

  private Workload() {}

  /** The calls of each method, by its name. */
  static Map<String, List<Function<Libraries, Object>>> of(long seed) {
    Workload workload = new Workload();
    Chance chance = new Chance(seed);
    workload.texts(chance);
    workload.tables(chance);
    workload.shapes(chance);
    workload.calendars(chance);
    workload.pages(chance);
    workload.numbers(chance);
    workload.beans(chance);
    workload.similarities(chance);
    return workload.calls;
  }

  /** Each supplied call has arguments of its own, made before any call. */
  private void add(String method, Supplier<Function<Libraries, Object>> call) {
    List<Function<Libraries, Object>> each = new ArrayList<>();
    for (int i = 0; i < CALLS_EACH; i++) {
      each.add(call.get());
    }
    calls.put(method, each);
  }

  private void texts(Chance chance) {
    add("unescape", () -> {
      String html = chance.text();
      return all -> all.texts().unescape(html);
    });
    add("escapes", () -> {
      String text = chance.text();
      return all -> all.texts().escapes(text);
    });
    add("edits", () -> {
      String from = chance.text();
      String to = chance.text();
      return all -> all.texts().edits(from, to);
    });
    add("likeness", () -> {
      String one = chance.text();
      String other = chance.text();
      return all -> all.texts().likeness(one, other);
    });
    add("common", () -> {
      String one = chance.text();
      String other = chance.text();
      return all -> all.texts().common(one, other);
    });
    add("words", () -> {
      String text = chance.text();
      return all -> all.texts().words(text);
    });
    add("wrapped", () -> {
      String text = chance.text();
      int width = chance.below(20);
      return all -> all.texts().wrapped(text, width);
    });
  }

  private void tables(Chance chance) {
    add("rows", () -> {
      String csv = chance.csv();
      char delimiter = chance.one(List.of(',', ';', 'é'));
      return all -> all.tables().rows(csv, delimiter);
    });
    add("table", () -> {
      String csv = chance.csv();
      return all -> all.tables().table(csv);
    });
  }

  private void shapes(Chance chance) {
    add("hull", () -> {
      List<Shapes.Point> points = chance.several(12, chance::point);
      return all -> all.shapes().hull(points);
    });
    add("distances", () -> {
      Shapes.Point[] points = chance.several(6, chance::point).toArray(Shapes.Point[]::new);
      return all -> all.shapes().distances(points);
    });
    add("around", () -> {
      List<Shapes.Point> points = chance.several(4, chance::point);
      double distance = chance.usual();
      return all -> all.shapes().around(Shapes.points(points), distance);
    });
    add("wkb", () -> {
      String wkt = chance.below(3) == 0
          ? chance.text()
          : "LINESTRING (%s %s, %s 0)".formatted(chance.usual(), chance.usual(), chance.usual());
      return all -> all.shapes().wkb(wkt);
    });
  }

  private void calendars(Chance chance) {
    add("day", () -> {
      var date = chance.date();
      return all -> all.calendars().day(date);
    });
    add("workingDays", () -> {
      var from = chance.date();
      int count = chance.below(12);
      return all -> all.calendars().workingDays(from, count);
    });
    add("bounds", () -> {
      var instant = chance.instant();
      return all -> all.calendars().bounds(instant);
    });
    add("overlap", () -> {
      var one = chance.instant();
      var oneLength = chance.duration();
      var other = chance.instant();
      var otherLength = chance.duration();
      return all -> all.calendars().overlap(one, oneLength, other, otherLength);
    });
    add("plus", () -> {
      var time = chance.dateTime();
      String amount = chance.amount();
      return all -> all.calendars().plus(time, amount);
    });
    add("inWords", () -> {
      var period = chance.period();
      var duration = chance.duration();
      return all -> all.calendars().inWords(period, duration);
    });
  }

  private void pages(Chance chance) {
    add("outline", () -> {
      String html = chance.html();
      return all -> all.pages().outline(html);
    });
    add("links", () -> {
      String html = chance.html();
      return all -> all.pages().links(html);
    });
    add("cleaned", () -> {
      String html = chance.html();
      return all -> all.pages().cleaned(html);
    });
    add("classes", () -> {
      String html = chance.html();
      return all -> all.pages().classes(html);
    });
  }

  private void numbers(Chance chance) {
    add("gamma", () -> {
      double x = chance.number();
      return all -> all.numbers().gamma(Math.abs(x) > 1e6 ? x % 1e6 : x);
    });
    add("summary", () -> {
      double[] values = chance.numbers(9);
      return all -> all.numbers().summary(values);
    });
    add("solution", () -> {
      int size = 1 + chance.below(4);
      double[][] matrix = chance.matrix(size);
      double[] right = chance.usual(size);
      return all -> all.numbers().solution(matrix, right);
    });
    add("factors", () -> {
      int number = chance.below(1_000_000);
      return all -> all.numbers().factors(number);
    });
    add("sum", () -> {
      var numerator = chance.integer();
      long denominator = chance.whole();
      return all -> all.numbers().sum(numerator, denominator);
    });
  }

  private void beans(Chance chance) {
    add("tree", () -> {
      String html = chance.html();
      return all -> all.beans().tree(html);
    });
    add("moments", () -> {
      double[] values = chance.numbers(9);
      return all -> all.beans().moments(values);
    });
    add("times", () -> {
      var time = chance.dateTime();
      var length = chance.duration();
      return all -> all.beans().times(time, length);
    });
  }

  private void similarities(Chance chance) {
    add("similarities", () -> {
      String one = chance.text();
      String other = chance.text();
      int delegate = chance.below(4);
      return all -> all.similarities().get(delegate).of(one, other);
    });
    for (String text : List.of("I", "İ", "ı")) {
      calls.put(
          "similarities of " + text,
          IntStream.range(0, 4)
              .<Function<Libraries, Object>>mapToObj(
                  delegate -> all -> all.similarities().get(delegate).of(text, "i"))
              .toList());
    }
  }
}
