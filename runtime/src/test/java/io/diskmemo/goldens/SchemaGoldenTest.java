package io.diskmemo.goldens;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a fresh store, format number 2. Another schema is another number. */
class SchemaGoldenTest {
  @TempDir
  Path directory;

  @Test
  void freshStoreHasTheseTables() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      memo.kind("default");
    }
    List<String> lines = new ArrayList<>();
    try (Connection connection = Stores.database(directory);
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
    Golden.assertLines("schema-2.txt", lines);
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
