package io.diskmemo.examples.census;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows under a heading, each column as wide as its widest cell; columns of numbers stand right. */
final class Table {
  private final List<List<Object>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of((Object[]) headings));
  }

  /** Adds a row with a cell for each heading; a cell is a text or an integral number. */
  void add(Object... cells) {
    rows.add(List.of(cells));
  }

  void print(PrintStream out) {
    for (List<Object> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append("  ").append(padded(column, text(row.get(column))));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private String padded(int column, String text) {
    String padding = " ".repeat(width(column) - text.length());
    return isNumeric(column) ? padding + text : text + padding;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> text(row.get(column)).length()).max().orElseThrow();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column) instanceof Number);
  }

  private static String text(Object cell) {
    return cell instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : cell.toString();
  }
}
