package io.diskmemo.maven;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of text in columns that are as wide as what they hold. Not thread-safe.
 *
 * <pre>
 * KIND   ENTRIES     SIZE
 * geo      1,200  3.4 MiB
 * routes      17    9 KiB
 * </pre>
 */
final class Table {
  private static final String GAP = "  ";

  /** On which side the text of a column begins. */
  enum Align {
    LEFT,
    RIGHT
  }

  private final List<Align> alignment = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** A table of columns that are aligned in this way. */
  Table(List<Align> alignment) {
    this.alignment.addAll(alignment);
  }

  /** Adds a row, which may end before the last column. The first row is the header. */
  void row(String... cells) {
    row(Arrays.asList(cells));
  }

  /** Adds a row, which may end before the last column. The first row is the header. */
  void row(List<String> cells) {
    if (cells.size() > alignment.size()) {
      throw new IllegalArgumentException(cells + " are more than " + alignment.size() + " cells");
    }
    rows.add(List.copyOf(cells));
  }

  /** The lines of the table, without blanks at their ends. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> padded(row.get(column), column))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private String padded(String cell, int column) {
    String blanks = " ".repeat(width(column) - cell.length());
    return alignment.get(column) == Align.LEFT ? cell + blanks : blanks + cell;
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
