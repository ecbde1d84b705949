package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The read transaction that makes others cheaper; its time is the test's. */
class PinTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  @TempDir
  Path directory;

  private KindStore store;
  private Coherence counters;
  private Pin pin;
  private long now;

  @BeforeEach
  void open() throws Exception {
    store = KindStores.open(directory, "default", 100 << 20, new TestClock());
    put(1, 1);
    KindFiles files = new KindFiles(directory.resolve("kinds/default"));
    counters = Coherence.open(files.directory());
    pin = new Pin(new Database(files::database, KindStores.limits(100 << 20)), counters);
    pin.tick(now); // learns of the commits so far
  }

  @AfterEach
  void close() {
    pin.close();
    store.close();
  }

  private void put(int content, int length) {
    store.store(NewEntries.entry("k", content, length));
  }

  private boolean tickAfter(long millis) {
    now += millis * MILLI;
    return pin.tick(now);
  }

  private void readAndWait() {
    tickOfAReader();
    tickAfter(25);
  }

  private void tickOfAReader() {
    pin.want();
    tickAfter(5);
  }

  @Test
  void itIsHeldOnceNobodyCommitsForAWhile() {
    tickOfAReader();
    assertThat(pin.isHeld()).isFalse();
    tickAfter(14);
    assertThat(pin.isHeld()).isFalse();
    tickAfter(5);
    assertThat(pin.isHeld()).isTrue();
  }

  @Test
  void itIsLetGoOnACommitAndReadsSeeTheCommitMeanwhile() {
    readAndWait();
    put(2, 1);
    assertThat(((StoredEntry) store.find(NewEntries.key("k"))).value()).containsExactly(2);
    assertThat(tickAfter(5)).isTrue();
    assertThat(pin.isHeld()).isFalse();
    tickAfter(25);
    assertThat(pin.isHeld()).isTrue();
  }

  @Test
  void itEndsWhenNobodyReads() {
    readAndWait();
    assertThat(tickAfter(900)).isTrue();
    assertThat(pin.isHeld()).isTrue();
    assertThat(tickAfter(200)).isFalse();
    assertThat(pin.isHeld()).isFalse();
  }

  @Test
  void itDoesNotHinderANewGeneration() {
    readAndWait();
    store.evict(EntryFilter.ALL);
    tickAfter(5);
    tickOfAReader();
    tickAfter(25);

    assertThat(pin.isHeld()).isTrue();
    assertThat(store.find(NewEntries.key("k"))).isEqualTo(Lookup.Miss.ABSENT);
  }

  /** Its thread may not have looked yet. */
  @Test
  void whoMovesOnLetsGoOfADatabaseWhosePlaceAnotherTook() {
    store.storeAllOrNone(
        IntStream.range(0, 1500).mapToObj(i -> NewEntries.entry("k" + i, i, 1)).toList());
    tickAfter(5);
    readAndWait();
    pin.releaseSuperseded();
    assertThat(pin.isHeld()).isTrue();
    store.evict(EntryFilter.ALL);
    assertThat(counters.generation()).isEqualTo(2);

    pin.releaseSuperseded();
    assertThat(pin.isHeld()).isFalse();
  }

  /** While it is held the log grows; once it is let go, the log begins anew. */
  @Test
  void logStaysSmallBesideAWriter() throws Exception {
    Path log = directory.resolve("kinds/default/cache-2-1.db-wal");
    long largest = 0;
    for (int i = 0; i < 5000; i++) {
      pin.want();
      put(i, 20_000);
      if (i % 50 == 0) {
        tickAfter(5);
        largest = Math.max(largest, Files.size(log));
      }
    }
    assertThat(largest).isLessThan(16 << 20);
  }

  /** After an hour without a commit it was tried at each tick. */
  @Test
  void whatCannotBeHeldIsNotTriedAtEachTick() {
    AtomicInteger openings = new AtomicInteger();
    Pin failing = new Pin(
        new Database(
            generation -> {
              openings.incrementAndGet();
              throw new IOException("no descriptor is left");
            },
            KindStores.limits(100 << 20)),
        counters);
    now += Duration.ofHours(1).toNanos();
    for (int i = 0; i < 100; i++) {
      failing.want();
      now += 5 * MILLI;
      failing.tick(now);
    }

    assertThat(openings).hasValue(1);
    failing.close();
  }

  @Test
  void closedOneIsNotHeldAgain() {
    readAndWait();
    pin.close();
    pin.want();
    assertThat(tickAfter(25)).isFalse();
    assertThat(pin.isHeld()).isFalse();
    assertThat(pin.isWanted()).isFalse();
  }

  /** What memory holds was taken for true, although others had said elsewhere that it is not. */
  @Test
  void whileSomebodyReadsItLooksWhetherTheCountersAreThoseOfOthers() throws Exception {
    Path kind = directory.resolve("kinds/default");
    Files.delete(kind.resolve(Coherence.FILE_NAME));
    Coherence.createOrMend(kind);
    tickOfAReader();

    assertThat(counters.isLost()).isTrue();
  }
}
