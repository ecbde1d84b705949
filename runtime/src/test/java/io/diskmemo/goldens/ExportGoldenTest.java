package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of entries, format number 1. Another format is another number. */
class ExportGoldenTest {
  private static final String GOLDEN = "export-1.txt";
  private static final int BYTES_PER_LINE = 32;

  @TempDir
  Path directory;

  @Test
  void entriesAreWrittenLikeThis() throws Exception {
    Path file = directory.resolve("entries.dmx");
    try (DiskMemo memo = Stores.open(directory.resolve("store"), new TestClock())) {
      memo.kind("default").put("a", "one", Duration.ofDays(36_500), "red", "blue");
      memo.kind("other").put("b", 2);
      memo.maintenance().exportTo(file);
    }
    byte[] bytes = Files.readAllBytes(file);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += BYTES_PER_LINE) {
      lines.add(HexFormat.of().formatHex(bytes, i, Math.min(bytes.length, i + BYTES_PER_LINE)));
    }
    Golden.assertLines(GOLDEN, lines);
  }

  @Test
  void entriesAreReadFromThis() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = ExportGoldenTest.class.getResourceAsStream(GOLDEN)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", 0)) {
        bytes.write(HexFormat.of().parseHex(line));
      }
    }
    Path file = Files.write(directory.resolve("entries.dmx"), bytes.toByteArray());
    try (DiskMemo memo = Stores.open(directory.resolve("store"), new TestClock())) {
      memo.maintenance().importFrom(file);
      KindCache kind = memo.kind("default");
      assertThat(kind.get("a", String.class)).contains("one");
      assertThat(memo.kind("other").get("b", Integer.class)).contains(2);
      assertThat(memo.evictTag("blue")).isEqualTo(1);
    }
  }
}
