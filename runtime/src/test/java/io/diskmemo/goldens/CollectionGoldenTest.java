package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.PersistentMap;
import io.diskmemo.testkit.CollectionFiles;
import io.diskmemo.testkit.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of persistent collections and what is in them, format number 1. */
class CollectionGoldenTest {
  @TempDir
  Path directory;

  @Test
  void collectionsHaveTheseTablesAndRows() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      PersistentDeque<String> jobs = memo.deque("jobs", String.class, 7);
      jobs.addAll(List.of("taken", "b", "c"));
      jobs.pollFirst();
      jobs.addFirst("a");
      PersistentMap<DayOfWeek, Integer> days = memo.map("days", DayOfWeek.class, Integer.class);
      days.put(DayOfWeek.MONDAY, 1);
      days.put(DayOfWeek.FRIDAY, 5);
      days.put(DayOfWeek.MONDAY, 7);
      memo.map("lists", List.class, byte[].class).put(List.of("x", 1), new byte[] {1, 2});
    }
    List<String> lines = new ArrayList<>();
    try (Connection connection = CollectionFiles.connect(directory, "jobs");
        Statement statement = connection.createStatement()) {
      for (String pragma : List.of("user_version", "journal_mode", "auto_vacuum", "encoding")) {
        lines.addAll(
            strings(statement, "SELECT '" + pragma + " ' || " + pragma + " FROM pragma_" + pragma));
      }
      lines.addAll(strings(
          statement,
          "SELECT type || ' ' || name || coalesce(': ' || sql, '')"
              + " FROM sqlite_master ORDER BY type, name"));
    }
    for (String name : List.of("jobs", "days", "lists")) {
      lines.addAll(rows(name));
    }
    Golden.assertLines("collection-1.txt", lines);
  }

  private List<String> rows(String name) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Connection connection = CollectionFiles.connect(directory, name);
        Statement statement = connection.createStatement()) {
      lines.addAll(strings(
          statement,
          "SELECT concat_ws(' ', 'collection', shape, quote(key_type), value_type, maximum, size,"
              + " first, last) FROM collection"));
      lines.addAll(strings(
          statement,
          "SELECT concat_ws(' ', 'element', id, hex(value), checksum) FROM element ORDER BY id"));
      lines.addAll(strings(
          statement,
          "SELECT concat_ws(' ', 'entry', id, hex(key), hex(value), checksum) FROM entry"
              + " ORDER BY id"));
    }
    assertThat(lines).hasSizeGreaterThan(1);
    return lines;
  }

  private static List<String> strings(Statement statement, String sql) throws Exception {
    List<String> strings = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
