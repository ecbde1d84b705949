package io.diskmemo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The lines of the design's budget, each with the measurement that it is about. Immutable. */
final class Budget {
  /** To which the design wants stores to grow. */
  private static final int WANTED_ENTRIES = 10_000_000;

  private static final String MEMORY = "Memory: hits";
  private static final String DISK = "Disk: 200 B";
  private static final String START = "Start: a new JVM until its first hit";
  private static final String MANY = "Scale: many entries";

  private static final String MAINTENANCE = "Store: maintenance";

  private static final List<Line> LINES = List.of(
      ratio(
          "memory hit, record of immutable arguments, with expiry",
          MEMORY,
          "DiskMemo, string and int, with expiry",
          "Caffeine, with expiry",
          2,
          "DiskMemo, string and int",
          "Caffeine, without expiry"),
      new Line(
          "memory hit: bytes beyond the key record of 24",
          MEMORY,
          list -> Measurement.named("DiskMemo, string and int, with expiry", list).stream()
              .map(Measurement::allocatedBytes)
              .flatMapToDouble(OptionalDouble::stream)
              .map(bytes -> bytes - 24)
              .findFirst(),
          0.5,
          "B",
          List.of()),
      value(
          "disk hit, 200 B, decoded, nobody writing",
          DISK,
          "hit: DiskMemo",
          4,
          "µs",
          List.of(
              "hit: bare SQLite",
              "hit: python-diskcache",
              "hit: Ehcache 3 disk",
              "hit: one file per entry",
              "hit: RocksDB")),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: bare SQLite", 1.5),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: python-diskcache", 1),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: Ehcache 3 disk", 1),
      ratio("disk hit, 200 B", DISK, "hit: DiskMemo", "hit: one file per entry", 1),
      ratio(
              "store of a computed value",
              DISK,
              "store: DiskMemo",
              "store: bare SQLite",
              1.3,
              "store: python-diskcache",
              "store: one file per entry",
              "store: Ehcache 3 disk",
              "store: RocksDB")
          .beside("Store: what it pays for", "and by another thread"),
      value(
          "batch of 1,000, each entry",
          "Store: batches",
          "batch of 1,000: DiskMemo",
          10,
          "µs",
          List.of(
              "batch of 1,000: bare SQLite",
              "batch of 1,000: python-diskcache",
              "batch of 1,000: one file per entry",
              "batch of 1,000: Ehcache 3 disk",
              "batch of 1,000: RocksDB")),
      longest(
          "evict 10,000 of 100,000 by tag, longest of the rounds",
          "Store: eviction by tag",
          "evict 10,000 of 100,000 by tag",
          50,
          "DELETE of the same 10,000, bare SQLite"),
      value(
          "the same, the first eviction of a JVM",
          "Store: eviction by tag",
          "evict 10,000 of 100,000 by tag, the first in a JVM",
          50,
          "ms",
          List.of()),
      longest(
          "longest store beside that eviction, of the rounds",
          "Store: eviction by tag",
          "longest store beside it",
          50,
          "longest store before it, without"),
      longest(
          "longest hit beside that eviction, of the rounds",
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
              2,
              "hit: bare SQLite, most",
              "hit: bare SQLite, 10,000")
          .growing(),
      ratio(
              "store, most entries / 10,000",
              MANY,
              "store: DiskMemo, most",
              "store: DiskMemo, 10,000",
              3,
              "store: bare SQLite, most",
              "store: bare SQLite, 10,000")
          .growing(),
      ratio(
              "`expire` of 10,000, of most entries / of 100,000",
              MAINTENANCE,
              "expire 10,000: of most",
              "expire 10,000: of 100,000",
              2)
          .growing(),
      ratio(
              "whole maintenance that removes 10,000, of most entries / of 100,000",
              MAINTENANCE,
              "whole run, removes 10,000: of most",
              "whole run, removes 10,000: of 100,000",
              2,
              "whole run, removes nothing: of most",
              "whole run, removes nothing: of 100,000")
          .growing(),
      ratio(
          "compile, 1,000 memoized methods",
          "Compilation",
          "with the processor",
          "without the processor",
          1.3));

  private final int mostEntries;

  /**
   * Of one run.
   *
   * @param mostEntries of the largest store that was measured
   */
  Budget(int mostEntries) {
    this.mostEntries = mostEntries;
  }

  private interface Figure {
    OptionalDouble of(List<Measurement> measurements);
  }

  /** What is shown beside, of the line's own suite unless another is named. */
  private record Peer(String suite, String name) {
    String title() {
      return suite.isEmpty() ? name : suite + ", " + name;
    }
  }

  private record Line(
      String what,
      String suite,
      Figure figure,
      double most,
      String unit,
      List<Peer> peers,
      ToDoubleFunction<Measurement> ofPeers,
      boolean grows) {
    Line(
        String what,
        String suite,
        Figure figure,
        double most,
        String unit,
        List<String> peers,
        ToDoubleFunction<Measurement> ofPeers) {
      this(
          what,
          suite,
          figure,
          most,
          unit,
          peers.stream().map(name -> new Peer("", name)).toList(),
          ofPeers,
          false);
    }

    Line(String what, String suite, Figure figure, double most, String unit, List<String> peers) {
      this(what, suite, figure, most, unit, peers, Measurement::median);
    }

    Line beside(String otherSuite, String name) {
      List<Peer> more = new ArrayList<>(peers);
      more.add(new Peer(otherSuite, name));
      return new Line(what, suite, figure, most, unit, List.copyOf(more), ofPeers, grows);
    }

    /** Whose aim is for as many entries as the design wants, of which fewer may have been measured. */
    Line growing() {
      return new Line(what, suite, figure, most, unit, peers, ofPeers, true);
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

  private static Line ratio(
      String what, String suite, String subject, String peer, double most, String... others) {
    List<String> peers = new ArrayList<>(List.of(subject, peer));
    peers.addAll(List.of(others));
    return new Line(what, suite, new Aim(subject, peer, most)::ratio, most, "×", peers);
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
        List.of(
            empty,
            "sqlite-jdbc only" + archive,
            "Caffeine only" + archive,
            "sqlite-jdbc and Caffeine" + archive,
            "the least of a first hit" + archive,
            "Ehcache 3 disk"));
  }

  /** A table in Markdown. */
  String table(Map<String, List<Measurement>> byTitle) {
    StringBuilder table = new StringBuilder("| what | ours | aim | | beside |\n");
    table.append("| --- | ---: | ---: | --- | --- |\n");
    for (Line line : LINES) {
      OptionalDouble is = line.figure().of(of(line.suite(), byTitle));
      String ours = is.isPresent() ? number(is.getAsDouble()) + " " + line.unit() : "not measured";
      table.append(String.format(
          Locale.ROOT,
          "| %s | %s | ≤ %s %s | %s | %s |\n",
          named(line.what()),
          ours,
          number(line.most()),
          line.unit(),
          is.isPresent() ? verdict(line, is.getAsDouble()) : "",
          beside(line, byTitle)));
    }
    return table.toString();
  }

  private static List<Measurement> of(String suite, Map<String, List<Measurement>> byTitle) {
    return byTitle.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(suite))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  /** An aim is not met for more entries than were there. */
  private String verdict(Line line, double is) {
    if (is <= line.most()) { // which nothing is that could not be divided
      return line.grows() && mostEntries < WANTED_ENTRIES ? "met to " + entries() : "met";
    }
    return "missed";
  }

  private String beside(Line line, Map<String, List<Measurement>> byTitle) {
    List<String> shown = new ArrayList<>();
    for (Peer peer : line.peers()) {
      String suite = peer.suite().isEmpty() ? line.suite() : peer.suite();
      Measurement.named(peer.name(), of(suite, byTitle))
          .ifPresent(one -> shown.add(named(peer.title()) + " "
              + number(line.ofPeers().applyAsDouble(one)) + " " + one.unit()));
    }
    return String.join("; ", shown);
  }

  /** With the number of entries in place of the word for it. */
  private String named(String name) {
    return name.replaceAll("\\bmost entries\\b", entries() + " entries")
        .replaceAll("\\bmost$", entries());
  }

  private String entries() {
    return String.format(Locale.ROOT, "%,d", mostEntries);
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 100 ? "%,.0f" : value == Math.rint(value) ? "%.0f" : "%.2f", value);
  }
}
