package io.diskmemo.maven;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * A table with a row for each kind, and one for their sums if there are several. Not thread-safe.
 *
 * @param <R> what is reported of a kind
 */
final class KindTable<R> {
  private final List<R> reports;
  private final List<Column<R>> columns = new ArrayList<>();

  private record Column<R>(
      String header, Table.Align align, Function<R, String> cell, Function<List<R>, String> sum) {}

  /** A table of these reports, with a first column for the name of the kind. */
  KindTable(List<R> reports, Function<R, String> kind) {
    this.reports = List.copyOf(reports);
    // A kind's name is in lower case, so none looks like the last row.
    columns.add(new Column<>("KIND", Table.Align.LEFT, kind, all -> "TOTAL"));
  }

  /** Adds a column of counts. */
  KindTable<R> count(String header, ToLongFunction<R> amount) {
    return amount(header, amount, AmountText::count);
  }

  /** Adds a column of counts, the large ones in thousands, millions or more. */
  KindTable<R> rounded(String header, ToLongFunction<R> amount) {
    return amount(header, amount, AmountText::rounded);
  }

  /** Adds a column of sizes in bytes. */
  KindTable<R> bytes(String header, ToLongFunction<R> amount) {
    return amount(header, amount, AmountText::bytes);
  }

  /** Adds a column of durations. */
  KindTable<R> duration(String header, Function<R, Duration> amount) {
    return amount(
        header,
        report -> amount.apply(report).toNanos(),
        nanos -> AmountText.duration(Duration.ofNanos(nanos)));
  }

  private KindTable<R> amount(String header, ToLongFunction<R> amount, LongFunction<String> text) {
    columns.add(new Column<>(
        header,
        Table.Align.RIGHT,
        report -> text.apply(amount.applyAsLong(report)),
        all -> text.apply(all.stream().mapToLong(amount).sum())));
    return this;
  }

  /** Adds a column of words, which have no sum. */
  KindTable<R> words(String header, Function<R, String> words) {
    columns.add(new Column<>(header, Table.Align.LEFT, words, all -> ""));
    return this;
  }

  /** What its rows are of. */
  List<R> reports() {
    return reports;
  }

  /** The lines of the table. */
  List<String> lines() {
    Table table = new Table(columns.stream().map(Column::align).toList());
    table.row(columns.stream().map(Column::header).toList());
    for (R report : reports) {
      table.row(columns.stream().map(column -> column.cell().apply(report)).toList());
    }
    if (reports.isEmpty()) {
      table.row("(none yet)");
    }
    if (reports.size() > 1) {
      table.row(columns.stream().map(column -> column.sum().apply(reports)).toList());
    }
    return table.lines();
  }
}
