package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What was read often long ago makes room. */
class AgeingTest {
  /** With all that belongs to an entry, it takes 1,000 bytes. */
  private static final int VALUE = 840;

  private static final int OVERHEAD = 160;
  private static final int LIMIT = 10_000;
  private static final int WATERMARK = 9_000;
  private static final int CULL_LIMIT = 4;

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  private KindStore open(CullOrder order) {
    return TestLimits.ample()
        .size(LIMIT)
        .order(order)
        .cullLimit(CULL_LIMIT)
        .open(directory, 1, clock, task -> {});
  }

  private void read(KindStore store, String name) {
    clock.advance(Duration.ofSeconds(1));
    assertThat(store.find(NewEntries.key(name))).isInstanceOf(StoredEntry.class);
    store.flushAccesses();
  }

  private void storeAndRead(KindStore store, int number) {
    clock.advance(Duration.ofSeconds(1));
    store.store(NewEntries.costing("n" + number, 1, VALUE, 1000));
    read(store, "n" + number);
  }

  /** It stayed for as long as nothing was read as often. */
  @ParameterizedTest
  @EnumSource(names = {"ACCESSES", "COST"})
  void whatWasReadOftenLongAgoMakesRoom(CullOrder order) {
    try (KindStore store = open(order)) {
      storeAndRead(store, 0);
      for (int i = 0; i < 20; i++) {
        read(store, "n0");
      }
      for (int i = 1; i < 40; i++) {
        storeAndRead(store, i);
      }
      assertThat(store.keys(null, 100)).contains(NewEntries.key("n0"));
      for (int i = 40; i < 400; i++) {
        storeAndRead(store, i);
      }
      assertThat(store.keys(null, 100)).doesNotContain(NewEntries.key("n0"));
    }
  }

  @Test
  void whatIsStillReadOftenStays() {
    try (KindStore store = open(CullOrder.ACCESSES)) {
      storeAndRead(store, 0);
      for (int i = 1; i < 400; i++) {
        read(store, "n0");
        storeAndRead(store, i);
      }
      assertThat(store.keys(null, 100)).contains(NewEntries.key("n0"));
    }
  }

  /**
   * The same as a program of a few lines that does nothing else, whoever of two stores and however
   * often the directory is opened anew.
   */
  @ParameterizedTest
  @CsvSource({"ACCESSES, 1", "ACCESSES, 2", "COST, 3", "COST, 4"})
  void entriesMakeRoomAsTheModelSays(CullOrder order, long seed) {
    Random random = new Random(seed);
    Model model = new Model(order);
    List<KindStore> stores = new ArrayList<>(List.of(open(order), open(order)));
    try {
      for (int step = 0; step < 1500; step++) {
        clock.advance(Duration.ofSeconds(1));
        int which = random.nextInt(stores.size());
        int number = (int) (Math.abs(random.nextGaussian()) * 12) + step / 500 * 10;
        if (random.nextInt(200) == 0) {
          stores.set(which, reopened(stores.get(which), order));
        } else if (model.has(number)) {
          read(stores.get(which), "n" + number);
          model.read(number, clock.millis());
        } else {
          NewEntry entry = NewEntries.costing("n" + number, 1, bytes(number), cost(number));
          Stored stored = stores.get(which).store(entry);
          boolean fits =
              model.store(number, cost(number), bytes(number) + OVERHEAD, clock.millis());
          assertThat(stored.outcome())
              .isEqualTo(fits ? Stored.Outcome.STORED : Stored.Outcome.NO_ROOM);
        }
        assertThat(Set.copyOf(stores.get(which).keys(null, 100)))
            .as("after step %s", step)
            .isEqualTo(model.keys());
      }
      assertThat(model.culled).isGreaterThan(300);
    } finally {
      stores.forEach(KindStore::close);
    }
  }

  private KindStore reopened(KindStore store, CullOrder order) {
    store.close();
    return open(order);
  }

  private static int bytes(int number) {
    return VALUE - number % 5 * 100;
  }

  private static long cost(int number) {
    return 10_000L * (number * 31L % 17 + 1);
  }

  /** LFU with dynamic ageing, and its like with costs and sizes, in memory. */
  private static final class Model {
    private final CullOrder order;
    private final List<Entry> entries = new ArrayList<>();
    private long floor;
    private long rows;
    private int culled;

    /** The floor and worths are whole numbers, of reads or of picoseconds for each byte. */
    private record Entry(
        int number, long row, long cost, long size, long reads, long accessed, CullOrder order) {
      double worth() {
        return order == CullOrder.COST ? cost * 1.0 * (reads + 1) / size : reads;
      }

      long wholeWorth() {
        return order == CullOrder.COST ? (long) (cost * 1000.0 * (reads + 1) / size) : reads;
      }
    }

    Model(CullOrder order) {
      this.order = order;
    }

    private Comparator<Entry> worst() {
      Comparator<Entry> byWorth = Comparator.comparingDouble(Entry::worth);
      return (order == CullOrder.ACCESSES ? byWorth.thenComparingLong(Entry::accessed) : byWorth)
          .thenComparingLong(Entry::row);
    }

    boolean has(int number) {
      return entries.stream().anyMatch(entry -> entry.number() == number);
    }

    void read(int number, long now) {
      entries.replaceAll(one -> one.number() != number
          ? one
          : new Entry(
              number, one.row(), one.cost(), one.size(), one.reads() + 1, now, one.order()));
    }

    boolean store(int number, long cost, long size, long now) {
      if (bytes() + size > LIMIT) {
        for (int i = 0; i < CULL_LIMIT && bytes() > WATERMARK - size; i++) {
          Entry worst = entries.stream().min(worst()).orElseThrow();
          entries.remove(worst);
          floor = Math.max(floor, worst.wholeWorth());
          culled++;
        }
      }
      if (bytes() + size > LIMIT) {
        return false;
      }
      long first = order == CullOrder.COST ? Math.round(floor / 1000.0 * size / cost) : floor + 1;
      return entries.add(new Entry(number, ++rows, cost, size, first, now, order));
    }

    private long bytes() {
      return entries.stream().mapToLong(Entry::size).sum();
    }

    Set<Key> keys() {
      return entries.stream()
          .map(entry -> NewEntries.key("n" + entry.number()))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }
}
