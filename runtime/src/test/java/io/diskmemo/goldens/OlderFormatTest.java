package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.testkit.Stores;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of format 1, made from its golden tables, with the entry {@code put("k", "old", ..., "t")}. */
class OlderFormatTest {
  @TempDir
  Path directory;

  @Test
  void storeOfFormat1IsMigratedAndKeepsItsEntries() throws Exception {
    Path kind = Files.createDirectories(directory.resolve("kinds/default"));
    Files.writeString(directory.resolve("format"), "diskmemo 1\n");
    Files.writeString(kind.resolve("current"), "cache-1-1.db\n");
    writeFormat1(kind.resolve("cache-1-1.db"));

    try (DiskMemo memo = Stores.open(directory)) {
      KindCache cache = memo.kind("default");
      assertThat(cache.get("k", String.class)).contains("old");
      assertThat(cache.check().isSound()).isTrue();
      cache.put("new", "new");
      assertThat(cache.check().isSound()).isTrue();
      assertThat(cache.evictTag("t")).isEqualTo(1);
      assertThat(cache.get("k", String.class)).isEmpty();
    }
    assertThat(kind.resolve("current")).hasContent("cache-1-1.db");
  }

  private static void writeFormat1(Path database) throws Exception {
    List<String> tables = statementsOf("schema-1.txt");
    List<String> rows = statementsOf("entry-1.sql");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA auto_vacuum = 2");
      statement.execute("PRAGMA journal_mode = WAL");
      for (String table : tables) {
        statement.execute(table);
      }
      for (String row : rows) {
        statement.execute(row);
      }
      statement.execute("PRAGMA user_version = 1");
    }
  }

  private static List<String> statementsOf(String golden) throws Exception {
    try (InputStream in = OlderFormatTest.class.getResourceAsStream(golden)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n(?=[a-z]+ \\S+: |INSERT)|\n(?=[a-z]+ sqlite_)"))
          .map(part -> part.replaceFirst("^[a-z]+ \\S+: ", ""))
          .filter(part -> part.startsWith("CREATE") || part.startsWith("INSERT"))
          .sorted((a, b) -> Boolean.compare(a.contains(" INDEX "), b.contains(" INDEX ")))
          .toList();
    }
  }
}
