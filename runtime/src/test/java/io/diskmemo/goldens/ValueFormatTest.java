package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/value-format.md says what the code does. */
class ValueFormatTest {
  private static final Path DOCUMENT = Path.of("../docs/value-format.md");
  private static final Pattern VECTOR = Pattern.compile("(?m)\\| `((\\S+) \\d+ = [0-9a-f]+)` \\|$");

  @TempDir
  Path directory;

  @Test
  void documentHasAVectorOfEveryType() throws Exception {
    Set<String> documented = new HashSet<>();
    List<String> golden;
    try (InputStream in = ValueFormatTest.class.getResourceAsStream("values-1.txt")) {
      golden =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
    VECTOR.matcher(Files.readString(DOCUMENT)).results().forEach(row -> {
      assertThat(golden).contains(row.group(1));
      documented.add(row.group(2));
    });
    Set<String> types = new HashSet<>();
    golden.forEach(line -> types.add(line.split(" ", 2)[0]));
    types.remove("list"); // of several pieces

    assertThat(documented).isEqualTo(types);
  }

  @Test
  void checksumCoversWhatTheDocumentSays() throws Exception {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod.text("m").in(memo).call("a");
    }
    try (Connection connection = Stores.database(directory);
        ResultSet row = connection
            .createStatement()
            .executeQuery("SELECT key, stored, expires, cost, value, checksum FROM entry")) {
      assertThat(row.next()).isTrue();
      byte[] value = row.getBytes("value");
      byte[] covered = ByteBuffer.allocate(60 + value.length)
          .putInt(1)
          .put(row.getBytes("key"))
          .putLong(row.getLong("stored"))
          .putLong(row.getLong("expires"))
          .putLong(row.getLong("cost"))
          .put(value)
          .array();

      assertThat(row.getLong("checksum"))
          .isEqualTo(over(new CRC32C(), covered) << 32 | over(new CRC32(), covered));
    }
  }

  private static long over(Checksum checksum, byte[] bytes) {
    checksum.update(bytes);
    return checksum.getValue();
  }
}
