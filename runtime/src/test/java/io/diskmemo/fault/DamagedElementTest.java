package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DamagedElementException;
import io.diskmemo.DiskMemo;
import io.diskmemo.PersistentDeque;
import io.diskmemo.PersistentMap;
import io.diskmemo.testkit.CollectionFiles;
import io.diskmemo.testkit.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Elements whose bytes changed behind the back of their collection. */
class DamagedElementTest {
  @TempDir
  Path directory;

  private DiskMemo memo;
  private PersistentDeque<String> deque;
  private PersistentMap<String, String> map;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
    deque = memo.deque("jobs", String.class);
    deque.addAll(List.of("a", "b", "c"));
    map = memo.map("map", String.class, String.class);
    map.putAll(Map.of("k", "v"));
    map.put("l", "w");
  }

  @AfterEach
  void close() {
    memo.close();
  }

  private void damage(String name, String sql) throws Exception {
    assertThat(CollectionFiles.tamper(directory, name, sql)).isEqualTo(1);
  }

  private interface DequeCall {
    Object make(PersistentDeque<String> deque);
  }

  static Stream<DequeCall> callsThatMeetTheFirstElement() {
    return Stream.of(
        PersistentDeque::pollFirst,
        PersistentDeque::peekFirst,
        PersistentDeque::remove,
        deque -> deque.contains("a"),
        deque -> deque.removeFirstOccurrence("c"),
        deque -> deque.removeLastOccurrence("a"),
        deque -> deque.iterator().next(),
        PersistentDeque::toString);
  }

  @ParameterizedTest
  @MethodSource("callsThatMeetTheFirstElement")
  void damagedElementIsNeverReturnedAndStopsNobodyTwice(DequeCall call) throws Exception {
    damage("jobs", "UPDATE element SET value = x'09026162' WHERE id = 1");

    assertThatThrownBy(() -> call.make(deque))
        .isInstanceOfSatisfying(
            DamagedElementException.class, e -> assertThat(e.isTransient()).isTrue())
        .hasMessageContaining("deque jobs: element 1 is damaged and was moved aside");
    assertThat(deque).containsExactly("b", "c").hasSize(2);
    assertThat(deque.damaged()).isEqualTo(1);
    assertThat(call.make(deque)).isNotNull();
  }

  @Test
  void iteratorGoesOnBehindADamagedElement() throws Exception {
    damage("jobs", "UPDATE element SET checksum = checksum + 1 WHERE id = 2");
    Iterator<String> all = deque.iterator();
    List<String> seen = new ArrayList<>();
    seen.add(all.next());
    assertThatThrownBy(all::next).isInstanceOf(DamagedElementException.class);
    assertThatThrownBy(all::remove).isInstanceOf(IllegalStateException.class);
    seen.add(all.next());
    assertThat(seen).containsExactly("a", "c");
    assertThat(all.hasNext()).isFalse();
  }

  @Test
  void elementOfAnotherPositionIsDamaged() throws Exception {
    damage("jobs", "UPDATE element SET id = 9 WHERE id = 3");
    assertThatThrownBy(deque::pollLast).isInstanceOf(DamagedElementException.class);
    assertThat(deque.pollLast()).isEqualTo("b");
  }

  @Test
  void damagedBytesAreKeptForWhoeverWantsToLook() throws Exception {
    damage("jobs", "UPDATE element SET value = x'0102' WHERE id = 1");
    assertThatThrownBy(deque::poll).isInstanceOf(DamagedElementException.class);
    try (Connection connection = CollectionFiles.connect(directory, "jobs");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, hex(value) FROM damaged")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isEqualTo(1);
      assertThat(row.getString(2)).isEqualTo("0102");
    }
  }

  private interface MapCall {
    Object make(PersistentMap<String, String> map);
  }

  static Stream<MapCall> callsThatMeetTheEntry() {
    return Stream.of(
        map -> map.getOrDefault("k", ""),
        map -> map.containsKey("k"),
        map -> map.putIfAbsent("k", "x") == null,
        map -> map.put("k", "x") == null,
        map -> map.compute("k", (key, value) -> String.valueOf(value)),
        map -> map.replace("k", "v", "x"),
        map -> map.remove("k", "v"),
        map -> map.remove("k") == null,
        map -> map.containsValue("v"),
        map -> map.entrySet().iterator().next(),
        Map::hashCode);
  }

  @ParameterizedTest
  @MethodSource("callsThatMeetTheEntry")
  void damagedEntryIsNeverReturnedAndStopsNobodyTwice(MapCall call) throws Exception {
    damage("map", "UPDATE entry SET value = x'090278' WHERE id = 1");

    assertThatThrownBy(() -> call.make(map))
        .isInstanceOf(DamagedElementException.class)
        .hasMessageContaining("map map: element 1 is damaged and was moved aside");
    assertThat(map).containsExactly(Map.entry("l", "w"));
    assertThat(map.damaged()).isEqualTo(1);
    assertThat(call.make(map)).isNotNull();
  }

  @Test
  void entryWithAnotherKeyIsDamaged() throws Exception {
    damage("map", "UPDATE entry SET key = x'09016d' WHERE id = 1");
    assertThatThrownBy(() -> map.keySet().iterator().next())
        .isInstanceOf(DamagedElementException.class);
    assertThat(map).containsExactly(Map.entry("l", "w"));
  }

  @Test
  void damagedEntryCanBeReplacedAndRemovedWithoutReadingIt() throws Exception {
    damage("map", "UPDATE entry SET value = x'090278' WHERE id = 1");
    map.putAll(Map.of("k", "new"));
    assertThat(map).containsEntry("k", "new");
    damage("map", "UPDATE entry SET value = x'090278' WHERE id = 1");
    assertThat(map.keySet().remove("k")).isTrue();
    assertThat(map).containsExactly(Map.entry("l", "w"));
  }
}
