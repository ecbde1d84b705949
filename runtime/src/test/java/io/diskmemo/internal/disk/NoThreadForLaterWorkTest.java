package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done in the background can wait; what was stored or evicted before is done. */
class NoThreadForLaterWorkTest {
  private static final int MANY = Evictions.STEP + 1;
  private static final Executor NO_THREAD = work -> {
    throw new OutOfMemoryError("unable to create native thread");
  };

  @TempDir
  private Path directory;

  private KindStore open(int databases, Executor background) {
    return KindStore.open(
        StoreDirectory.openOrCreate(directory),
        "default",
        KindStores.limits(100 << 20),
        databases,
        Clock.systemUTC(),
        background);
  }

  private static List<NewEntry> entries(String name, int number, int bytes) {
    return IntStream.range(0, number)
        .mapToObj(i -> NewEntries.entry(name + i, i, bytes, "t"))
        .toList();
  }

  @Test
  void evictionIsMade() {
    try (KindStore store = open(1, NO_THREAD)) {
      store.storeAllOrNone(entries("small", MANY, 10));

      assertThat(store.evict(new EntryFilter("t", null))).isEqualTo(MANY);
      assertThat(store.find(NewEntries.key("small0"))).isEqualTo(Lookup.Miss.ABSENT);
    }
  }

  @Test
  void clearIsMade() {
    try (KindStore store = open(1, NO_THREAD)) {
      store.storeAllOrNone(entries("small", MANY, 10));

      assertThat(store.evict(EntryFilter.ALL)).isEqualTo(MANY);
      assertThat(store.find(NewEntries.key("small0"))).isEqualTo(Lookup.Miss.ABSENT);
    }
  }

  /** The files of the whole batch were deleted after its commit. */
  @Test
  void batchKeepsItsFiles() {
    try (KindStore store = open(1, NO_THREAD)) {
      store.storeAllOrNone(entries("small", MANY, 10));
      store.evict(new EntryFilter("t", null)); // so that there is something to be done later
      List<NewEntry> large = entries("large", 3, 100 << 10);

      store.storeAllOrNone(large);

      assertThat(large)
          .allSatisfy(entry -> assertThat(store.find(entry.key())).isInstanceOf(StoredEntry.class));
    }
  }

  /** The last connection to a database deletes its log; one that is left open keeps it. */
  @Test
  void nothingStaysOpenOfAKindThatCannotBeOpened() throws IOException {
    int databases = 2;
    try (KindStore store = open(databases, NO_THREAD)) {
      store.storeAllOrNone(entries("small", 3 * MANY, 10));
      store.evict(new EntryFilter("t", null));
    }
    assertThat(logs()).isEmpty();
    for (int begun = 0; begun < databases; begun++) {
      AtomicInteger left = new AtomicInteger(begun);
      Executor failing = work -> {
        if (left.getAndDecrement() == 0) {
          throw new NoClassDefFoundError("of an executor");
        }
      };

      assertThatThrownBy(() -> open(databases, failing)).isInstanceOf(NoClassDefFoundError.class);

      assertThat(logs()).isEmpty();
    }
  }

  private List<Path> logs() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(".db-wal")).toList();
    }
  }
}
