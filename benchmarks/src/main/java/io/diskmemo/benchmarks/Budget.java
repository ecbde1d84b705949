package io.diskmemo.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The lines of the design's budget, each with the measurement that it is about. */
final class Budget {
  private static final String MEMORY = "Memory: hits";
  private static final String DISK = "Disk: 200 B";
  private static final String START = "Start: a new JVM until its first hit";
  private static final String MANY = "Scale: many entries";

  private static final List<Line> LINES = List.of(
      ratio(
          "memory hit, record of immutable arguments",
          MEMORY,
          "DiskMemo, string and int",
          "Caffeine, with expiry",
          2),
      new Line(
          "memory hit: bytes beyond the key record of 24",
          MEMORY,
          list -> Measurement.named("DiskMemo, string and int", list)
              .map(one -> one.allocatedBytes().orElse(Double.NaN) - 24)
              .map(OptionalDouble::of)
              .orElse(OptionalDouble.empty()),
          0.5,
          "B",
          List.of()),
      value(
          "disk hit, 200 B, decoded, nobody writing",
          DISK,
          "hit: DiskMemo",
          4,
          "µs",
          List.of("hit: bare SQLite")),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: bare SQLite", 1.5),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: python-diskcache", 1),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: Ehcache 3 disk", 1),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: one file per entry", 1),
      ratio("store of a computed value", DISK, "store: DiskMemo", "store: bare SQLite", 1.3),
      value(
          "batch of 1,000, each entry",
          "Store: batches",
          "batch of 1,000: DiskMemo",
          10,
          "µs",
          List.of("batch of 1,000: bare SQLite")),
      value(
          "evict 10,000 of 100,000 by tag",
          "Store: eviction by tag",
          "evict 10,000 of 100,000 by tag",
          50,
          "ms",
          List.of("DELETE of the same 10,000, bare SQLite")),
      longest(
          "longest store beside that eviction, of all rounds",
          "Store: eviction by tag",
          "longest store beside it",
          50,
          "longest store before it, without"),
      longest(
          "longest hit beside that eviction, of all rounds",
          "Store: eviction by tag",
          "longest hit on disk beside it",
          50),
      above("new JVM to first hit, above an empty main", "", 200),
      above("the same with AppCDS", ", AppCDS", 110),
      above("the same with an AOT cache, JDK 25", ", AOT cache, JDK 25", 110),
      ratio(
          "disk hit, most entries / 10,000",
          MANY,
          "hit: DiskMemo, most",
          "hit: DiskMemo, 10,000",
          2),
      ratio(
          "store, most entries / 10,000",
          MANY,
          "store: DiskMemo, most",
          "store: DiskMemo, 10,000",
          3),
      ratio(
          "compile, 1,000 memoized methods",
          "Compilation",
          "with the processor",
          "without the processor",
          1.3));

  private Budget() {}

  private interface Figure {
    OptionalDouble of(List<Measurement> measurements);
  }

  private record Line(
      String what,
      String suite,
      Figure figure,
      double most,
      String unit,
      List<String> peers,
      ToDoubleFunction<Measurement> ofPeers) {
    Line(String what, String suite, Figure figure, double most, String unit, List<String> peers) {
      this(what, suite, figure, most, unit, peers, Measurement::median);
    }
  }

  /** Of each call, so that the longest of all samples is judged. */
  private static Line longest(
      String what, String suite, String name, double most, String... peers) {
    return new Line(
        what,
        suite,
        list -> Measurement.named(name, list)
            .map(one -> OptionalDouble.of(one.most()))
            .orElse(OptionalDouble.empty()),
        most,
        "ms",
        List.of(peers),
        Measurement::most);
  }

  private static Line ratio(String what, String suite, String subject, String peer, double most) {
    return new Line(
        what, suite, new Aim(subject, peer, most)::ratio, most, "×", List.of(subject, peer));
  }

  private static Line value(
      String what, String suite, String name, double most, String unit, List<String> peers) {
    return new Line(
        what,
        suite,
        list -> Measurement.named(name, list)
            .map(one -> OptionalDouble.of(one.median()))
            .orElse(OptionalDouble.empty()),
        most,
        unit,
        peers);
  }

  private static Line above(String what, String archive, double most) {
    String name = "DiskMemo" + archive;
    String empty = name.endsWith("JDK 25") ? "empty main, JDK 25" : "empty main";
    return new Line(
        what,
        START,
        list -> {
          Optional<Measurement> ours = Measurement.named(name, list);
          Optional<Measurement> none = Measurement.named(empty, list);
          return ours.isEmpty() || none.isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(ours.get().median() - none.get().median());
        },
        most,
        "ms",
        List.of(empty, "sqlite-jdbc only" + archive, "Caffeine only", "Ehcache 3 disk"));
  }

  /** A table in Markdown. */
  static String table(Map<String, List<Measurement>> byTitle) {
    StringBuilder table = new StringBuilder("| what | ours | aim | | beside |\n");
    table.append("| --- | ---: | ---: | --- | --- |\n");
    for (Line line : LINES) {
      List<Measurement> measurements = byTitle.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(line.suite()))
          .findFirst()
          .map(Map.Entry::getValue)
          .orElse(List.of());
      OptionalDouble is = line.figure().of(measurements);
      String ours = is.isPresent() ? number(is.getAsDouble()) + " " + line.unit() : "not measured";
      String verdict = is.isEmpty() ? "" : is.getAsDouble() <= line.most() ? "met" : "missed";
      table.append(String.format(
          Locale.ROOT,
          "| %s | %s | ≤ %s %s | %s | %s |\n",
          line.what(),
          ours,
          number(line.most()),
          line.unit(),
          verdict,
          beside(line, measurements)));
    }
    return table.toString();
  }

  private static String beside(Line line, List<Measurement> measurements) {
    return String.join(
        "; ",
        line.peers().stream()
            .flatMap(name -> Measurement.named(name, measurements).stream())
            .map(one ->
                one.name() + " " + number(line.ofPeers().applyAsDouble(one)) + " " + one.unit())
            .toList());
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 100 ? "%,.0f" : value == Math.rint(value) ? "%.0f" : "%.2f", value);
  }
}
