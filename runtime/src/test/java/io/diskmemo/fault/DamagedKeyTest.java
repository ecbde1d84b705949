package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DamagedElementException;
import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentMap;
import io.diskmemo.testkit.CollectionFiles;
import io.diskmemo.testkit.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that changed in its row, and not in the index, where it was put. */
class DamagedKeyTest {
  @TempDir
  Path directory;

  private static PersistentMap<String, String> map(DiskMemo memo) {
    return memo.map("map", String.class, String.class);
  }

  private void putAll() {
    try (DiskMemo memo = Stores.open(directory)) {
      for (String number : List.of("10", "11", "12")) {
        map(memo).put("key" + number, "value" + number);
      }
    }
  }

  /** Where a key stands right before its value it is that of the row, and not that of the index. */
  private void damage(String key, String value, String damaged) throws IOException {
    Path file = CollectionFiles.of(directory, "map");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf(value);
    int keyAt = bytes.lastIndexOf(key, at);
    assertThat(at - keyAt).isBetween(key.length(), key.length() + 4);
    Files.writeString(
        file,
        bytes.substring(0, keyAt) + damaged + bytes.substring(keyAt + damaged.length()),
        StandardCharsets.ISO_8859_1);
  }

  @Test
  void iterationMovesItAsideAndGoesOn() throws IOException {
    putAll();
    damage("key11", "value11", "kez11");
    try (DiskMemo memo = Stores.open(directory)) {
      Iterator<Map.Entry<String, String>> all = map(memo).entrySet().iterator();
      List<String> seen = new ArrayList<>();
      seen.add(all.next().getKey());
      assertThatThrownBy(all::next).isInstanceOf(DamagedElementException.class);
      seen.add(all.next().getKey());

      assertThat(seen).containsExactly("key10", "key12");
      assertThat(all.hasNext()).isFalse();
      assertThat(map(memo).damaged()).isEqualTo(1);
      assertThat(map(memo)).hasSize(2).doesNotContainKeys("key11", "kez11");
      assertThat(map(memo).put("key11", "new")).isNull();
      assertThat(map(memo).remove("key11")).isEqualTo("new");
    }
  }

  @Test
  void itCanBeRemovedByTheKeyThatWasPut() throws IOException {
    putAll();
    damage("key11", "value11", "kez11");
    try (DiskMemo memo = Stores.open(directory)) {
      assertThat(map(memo).keySet().remove("key11")).isTrue();

      assertThat(map(memo)).containsOnlyKeys("key10", "key12").hasSize(2);
      assertThat(map(memo).damaged()).isZero();
    }
  }

  /** SQLite takes the other's key out of the index. */
  @Test
  void entryWhoseKeyItBecameIsStillFound() throws IOException {
    putAll();
    damage("key11", "value11", "key10");
    try (DiskMemo memo = Stores.open(directory)) {
      assertThatThrownBy(() -> map(memo).forEach((key, value) -> {}))
          .isInstanceOf(DamagedElementException.class);

      assertThat(map(memo)).containsEntry("key10", "value10").doesNotContainKey("key11");
      assertThat(map(memo).remove("key10")).isEqualTo("value10");
      assertThat(map(memo)).containsOnlyKeys("key12").hasSize(1);
    }
  }
}
