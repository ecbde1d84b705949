package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on two handles of a store, with values in rows and in files, evictions of few and
 * of many, work in the background that is done whenever it pleases, and crashes: a copy of the
 * directory is what they leave. Beside it a map that does the same. The seed is in the message of a
 * failure; give it as {@code -Dseed} to see it again.
 */
class StoreModelTest {
  private static final int STEPS = Integer.getInteger("tests.model.steps", 120);
  private static final int MANY = 1010;

  @TempDir
  Path parent;

  private final TestClock clock = new TestClock();
  private final Map<String, Entry> model = new HashMap<>();
  private final List<String> history = new ArrayList<>();
  private final List<KindStore> stores = new ArrayList<>();
  private final Deque<Runnable> putOff = new ArrayDeque<>();
  private Path directory;
  private int databases;
  private int crashes;
  private boolean index = true;

  private record Entry(int content, int bytes, Set<String> tags, long expires) {}

  @RepeatedTest(6)
  void everyOperationDoesWhatAMapDoes() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    databases = 1 + random.nextInt(3) % 2 * 2;
    directory = parent.resolve("crash-0");
    try {
      open();
      for (int step = 0; step < STEPS; step++) {
        step(random);
      }
      requireAll();
      while (!putOff.isEmpty()) {
        putOff.poll().run();
      }
      requireAll();
      assertThat(stores.get(0).size().entries()).isEqualTo(model.size());
      stores.get(1).sweep();
      assertThat(files().doomed()).isEmpty();
      requireFilesInStep();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", databases " + databases + ": " + history, e);
    } finally {
      stores.forEach(KindStore::close);
    }
  }

  private void open() {
    for (int i = 0; i < 2; i++) {
      stores.add(openOne());
    }
  }

  private KindStore openOne() {
    return TestLimits.ample().tagIndex(index).open(directory, databases, clock, putOff::add);
  }

  private ValueFilesOf files() {
    return ValueFilesOf.defaultIn(directory);
  }

  private void step(Random random) {
    KindStore store = stores.get(random.nextInt(2));
    String name = "k" + random.nextInt(12);
    int content = random.nextInt(100);
    int bytes = random.nextInt(3) == 0 ? 1000 + random.nextInt(2000) : random.nextInt(50) + 1;
    String tag = "t" + random.nextInt(3);
    long expires =
        random.nextBoolean() ? StoredEntry.NEVER : clock.millis() + random.nextInt(8000) + 1;
    int operation = random.nextInt(25);
    history.add(operation + ":" + stores.indexOf(store) + ":" + name + ":" + bytes + ":" + tag);
    NewEntry entry = NewEntries.entry(name, content, bytes, tag, "all").until(expires);
    Entry modelled = new Entry(content, bytes, Set.of(tag, "all"), expires);
    boolean alive = model.containsKey(name) && model.get(name).expires() > clock.millis();
    switch (operation) {
      case 0, 1, 2, 3, 4 -> {
        assertThat(store.store(entry).outcome()).isEqualTo(Stored.Outcome.STORED);
        model.put(name, modelled);
      }
      case 5, 6 -> {
        NewEntry published =
            NewEntries.in(operation == 5 ? NewEntry.Mode.PUBLISH : NewEntry.Mode.ADD, entry);
        assertThat(store.store(published).outcome())
            .isEqualTo(alive ? Stored.Outcome.PRESENT : Stored.Outcome.STORED);
        if (!alive) {
          model.put(name, modelled);
        }
      }
      case 7 -> {
        List<NewEntry> batch = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          batch.add(NewEntries.entry("k" + i, content, bytes, tag, "all").until(expires));
          model.put("k" + i, modelled);
        }
        store.storeAllOrNone(batch);
      }
      case 8 -> {
        // the first is written to its file, and taken back
        NewEntry tooOld = NewEntries.in(NewEntry.Mode.REPLACE, entry).since(-1);
        assertThat(store.evict(new EntryFilter("nothing", null))).isZero();
        store.evict(new EntryFilter("nothing at all", "a.B.m"));
        assertThat(store.store(tooOld).outcome()).isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
        removed(any -> any.tags().contains("nothing at all"));
      }
      case 9 -> {
        NewEntry huge = NewEntries.entry("huge", 1, 1);
        List<NewEntry> batch = List.of(
            entry,
            new NewEntry(
                entry.key(), // in the same database
                huge.method(),
                huge.tags(),
                huge.expiresMillis(),
                0,
                new NoContent(),
                huge.mode(),
                huge.sequence()));
        assertThatThrownBy(() -> store.storeAllOrNone(batch)).isInstanceOf(DiskException.class);
      }
      case 10 -> {
        List<NewEntry> batch = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
          int size = i % 300 == 0 ? 1200 : 5;
          batch.add(NewEntries.entry("m" + i, content, size, "many"));
          model.put("m" + i, new Entry(content, size, Set.of("many"), StoredEntry.NEVER));
        }
        store.storeAllOrNone(batch);
      }
      case 11 ->
        assertThat(store.evict(new EntryFilter("many", content % 2 == 0 ? null : "a.B.m")))
            .isEqualTo(removed(any -> any.tags().contains("many")));
      case 12 ->
        assertThat(store.evict(new EntryFilter(tag, null)))
            .isEqualTo(removed(any -> any.tags().contains(tag)));
      case 13 -> {
        if (content < 30) {
          assertThat(store.evict(EntryFilter.ALL)).isEqualTo(removed(any -> true));
        }
      }
      case 14 ->
        assertThat(store.evict(NewEntries.key(name), NewEntries.METHOD))
            .isEqualTo(model.remove(name) != null);
      case 15 -> {
        assertThat(store.touch(NewEntries.key(name), expires)).isEqualTo(alive);
        if (alive) {
          Entry old = model.get(name);
          model.put(name, new Entry(old.content(), old.bytes(), old.tags(), expires));
        }
      }
      case 16 ->
        assertThat(store.expire()).isEqualTo(removed(any -> any.expires() <= clock.millis()));
      case 17, 18 -> clock.advance(Duration.ofMillis(random.nextInt(3000)));
      case 19 -> {
        if (!putOff.isEmpty()) {
          putOff.poll().run();
        }
      }
      case 20 -> {
        store.sweep();
        requireFilesInStep();
      }
      case 21 -> reopen(store);
      case 22 -> crash(content % 2 == 0);
      case 23 -> {
        assertThat(store.storeAllOrNone(List.of(entry.removal())).get(0).outcome())
            .isEqualTo(model.containsKey(name) ? Stored.Outcome.REMOVED : Stored.Outcome.ABSENT);
        model.remove(name);
      }
      default -> requireAll();
    }
    require(stores.get(0), name);
  }

  /** A value that cannot be read. */
  private record NoContent() implements Content {
    @Override
    public long sizeBytes() {
      return 2000;
    }

    @Override
    public InputStream newInputStream() throws IOException {
      throw new IOException("there is none");
    }
  }

  private void reopen(KindStore store) {
    index = !index;
    int which = stores.indexOf(store);
    store.close();
    stores.set(which, openOne());
  }

  /** What was put off is not done by anybody. Counters may be lost too. */
  private void crash(boolean losesCounters) {
    Path next = parent.resolve("crash-" + ++crashes);
    Commands.run("cp", "-r", directory.toString(), next.toString());
    stores.forEach(KindStore::close);
    stores.clear();
    putOff.clear();
    directory = next;
    if (losesCounters) {
      Commands.run("find", next.toString(), "-name", "coordination", "-delete");
    }
    open();
  }

  private void requireAll() {
    for (KindStore store : stores) {
      model.keySet().forEach(name -> require(store, name));
      for (int i = 0; i < 12; i++) {
        require(store, "k" + i);
      }
      require(store, "m7");
      assertThat(store.keys(null, 10_000).size()).isLessThanOrEqualTo(model.size());
      assertThat(store.count(EntryFilter.ALL)).isEqualTo(model.size());
      assertThat(store.check(false).problems()).isEmpty();
      assertThat(store.check(false).damaged()).isZero();
    }
  }

  private void require(KindStore store, String name) {
    Lookup found = store.find(NewEntries.key(name));
    Entry expected = model.get(name);
    if (expected == null) {
      assertThat(found).as(name).isEqualTo(Lookup.Miss.ABSENT);
    } else if (expected.expires() <= clock.millis()) {
      assertThat(found).as(name).isEqualTo(Lookup.Miss.EXPIRED);
    } else {
      assertThat(found).as(name).isInstanceOf(StoredEntry.class);
      assertThat(((StoredEntry) found).value()).hasSize(expected.bytes()).containsOnly((byte)
          expected.content());
    }
  }

  private void requireFilesInStep() {
    assertThat(files().onDisk()).isEqualTo(files().inRows());
  }

  private long removed(Predicate<Entry> condition) {
    int before = model.size();
    model.values().removeIf(condition);
    return (long) before - model.size();
  }
}
