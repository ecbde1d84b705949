package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindBackups;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Pace;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another database takes the place of the live one, and those who do it die on the way. A process
 * that died is made by setting back what it would have done next.
 */
class NewGenerationTest {
  private static final int MANY = 1500;

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private final List<Runnable> putOff = new ArrayList<>();
  private KindStore clearer;
  private KindStore other;
  private Path kind;

  @BeforeEach
  void open() {
    kind = directory.resolve("kinds/default");
    clearer = openStore();
    other = openStore();
    fill(clearer);
  }

  private KindStore openStore() {
    return TestLimits.ample().open(directory, 1, clock, putOff::add);
  }

  private static void fill(KindStore store) {
    store.storeAllOrNone(IntStream.range(0, MANY)
        .mapToObj(i -> NewEntries.entry("k" + i, i, i % 500 == 0 ? 2000 : 10))
        .toList());
  }

  @AfterEach
  void close() {
    clearer.close();
    other.close();
  }

  private StoredEntry read(KindStore store, String name) {
    return (StoredEntry) store.find(NewEntries.key(name));
  }

  /** As if the clearer had died after its commit, before anything else. */
  private void setBack(boolean current) throws Exception {
    if (current) {
      Files.writeString(kind.resolve("current"), "cache-2-1.db\n");
    }
    new CoordinationFile(directory, "default").generation(1);
  }

  private void requireCleared(StoredEntry before) throws Exception {
    Coherence coherence = other.coherence(NewEntries.key("k1"));
    assertThat(other.find(NewEntries.key("k1"))).isEqualTo(Lookup.Miss.ABSENT);
    assertThat(other.stampOf(NewEntries.key("k1"), before.identity())).isEqualTo(KindStore.GONE);
    assertThat(coherence.started()).isNotEqualTo(before.stamp());
    assertThat(coherence.stamp()).isNotEqualTo(Coherence.UNSTABLE);
    assertThat(kind.resolve("current")).hasContent("cache-2-2.db");
    assertThat(other.check(false).problems()).isEmpty();
    try (KindStore next = openStore()) {
      assertThat(next.find(NewEntries.key("k1"))).isEqualTo(Lookup.Miss.ABSENT);
      next.sweep();
      assertThat(ValueFilesOf.defaultIn(directory).onDisk())
          .isEqualTo(ValueFilesOf.defaultIn(directory).inRows());
    }
    assertThat(databases()).containsExactly("cache-2-2.db");
  }

  private List<String> databases() throws Exception {
    try (Stream<Path> all = Files.list(kind)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".db"))
          .toList();
    }
  }

  /** What was read between the commit and the new generation kept its stamp. */
  @Test
  void nextWriterMakesTheClearOfADeadProcessVisible() throws Exception {
    clearer.evict(EntryFilter.ALL);
    setBack(true);
    StoredEntry read = read(other, "k1"); // nobody said that it was cleared
    assertThat(other.store(NewEntries.entry("new", 1, 10)).outcome())
        .isEqualTo(Stored.Outcome.STORED);

    requireCleared(read);
    assertThat(read(clearer, "new").value()).hasSize(10);
  }

  @Test
  void nextToOpenMakesItVisibleToThoseThatOnlyRead() throws Exception {
    clearer.evict(EntryFilter.ALL);
    setBack(true);
    StoredEntry read = read(other, "k1");
    openStore().close();

    requireCleared(read);
  }

  @Test
  void nextToOpenGoesOnAfterCurrentWasWritten() throws Exception {
    clearer.evict(EntryFilter.ALL);
    setBack(false);
    StoredEntry read = read(other, "k1");
    assertThat(read.stamp()).isNotEqualTo(Coherence.UNSTABLE);
    openStore().close();
    for (int i = 0; i < 200; i++) { // until the gap is closed
      other.find(NewEntries.key("k2"));
    }

    requireCleared(read);
  }

  @Test
  void readersMakeItVisibleThroughTheGap() throws Exception {
    clearer.evict(EntryFilter.ALL);
    setBack(true);
    new CoordinationFile(directory, "default").takeTicket(); // of the clear, which did not end
    StoredEntry read = read(other, "k1");
    assertThat(read.stamp()).isEqualTo(Coherence.UNSTABLE);
    for (int i = 0; i < 200; i++) {
      other.find(NewEntries.key("k2"));
    }

    requireCleared(read);
  }

  /** It was made of the database that was cleared, and had the number of that eviction. */
  @Test
  void backupThatIsMadeMeanwhileHasNothingThatWasCleared() throws Exception {
    clearer.evict(EntryFilter.ALL);
    setBack(true);
    KindBackups backups = new KindBackups(
        StoreDirectory.openOrCreate(directory), "default", TestLimits.ample().limits(), clock);
    assertThat(backups.make(1, Pace.TO_THE_END)).isPresent();
    other.store(NewEntries.entry("new", 1, 10));

    assertThat(backups.restore(null, Pace.TO_THE_END)).isPresent();
    assertThat(other.find(NewEntries.key("k1"))).isEqualTo(Lookup.Miss.ABSENT);
    assertThat(clearer.size().entries()).isZero();
  }

  /** Its channel closed under the thread, after the commit. */
  @Test
  void interruptedThreadClears() {
    Thread.currentThread().interrupt();
    assertThat(clearer.evict(EntryFilter.ALL)).isEqualTo(MANY);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(other.find(NewEntries.key("k1"))).isEqualTo(Lookup.Miss.ABSENT);
    assertThat(kind.resolve("current")).hasContent("cache-2-2.db");
  }

  /** Else the room of a cleared database came back when an idle process ended. */
  @Test
  void whoDoesNothingLetsGoOfTheOldDatabaseToo() throws Exception {
    read(other, "k1");
    other.store(NewEntries.entry("k1", 9, 10));
    clearer.evict(EntryFilter.ALL);
    putOff.forEach(Runnable::run);
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc");
    assertThat(openFiles()).contains(kind.resolve("cache-2-1.db") + " (deleted)");

    clearer.moveOn();
    other.moveOn();
    assertThat(openFiles()).doesNotContain(kind.resolve("cache-2-1.db") + " (deleted)");
  }

  private static List<String> openFiles() throws Exception {
    List<String> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path one : all.toList()) {
        if (Files.exists(one, LinkOption.NOFOLLOW_LINKS)) {
          open.add(Files.readSymbolicLink(one).toString());
        }
      }
    }
    return open;
  }

  /** The file was pointed to by nobody, and its number is not used again. */
  @Test
  void databaseThatWasNeverFinishedIsDeleted() throws Exception {
    Files.createFile(kind.resolve("cache-2-2.db"));
    Files.writeString(kind.resolve("cache-2-2.db-wal"), "torn");
    clearer.evict(EntryFilter.ALL);
    assertThat(kind.resolve("current")).hasContent("cache-2-3.db");
    clearer.sweep();

    assertThat(databases()).containsExactly("cache-2-3.db");
    assertThat(other.size().entries()).isZero();
  }

  @Test
  void lateWriterDoesNotWriteIntoTheOldDatabase() {
    long before = other.sequence(NewEntries.key("k1"));
    other.store(NewEntries.entry("k1", 9, 10)); // its connection is open
    clearer.evict(EntryFilter.ALL);
    putOff.forEach(Runnable::run);

    NewEntry late = NewEntries.entry("late", 1, 2000);
    assertThat(other.store(late.since(before)).outcome())
        .isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
    assertThat(other.store(late).outcome()).isEqualTo(Stored.Outcome.STORED);
    assertThat(read(clearer, "late").value()).hasSize(2000);
    assertThat(clearer.size().entries()).isEqualTo(1);
    assertThat(ValueFilesOf.defaultIn(directory).onDisk())
        .isEqualTo(ValueFilesOf.defaultIn(directory).inRows())
        .hasSize(1);
  }

  /** They stayed until their writer ended, because a sweep could not tell whose they were. */
  @Test
  void filesOfAClearedDatabaseGoWhileTheirWriterLives() throws Exception {
    clearer.evict(EntryFilter.ALL);
    putOff.clear(); // who cleared it died
    fill(other);
    clearer.evict(EntryFilter.ALL);
    putOff.clear();
    assertThat(ValueFilesOf.defaultIn(directory).onDisk()).hasSize(6);

    assertThat(other.sweep()).isGreaterThanOrEqualTo(6);
    assertThat(ValueFilesOf.defaultIn(directory).onDisk()).isEmpty();
    assertThat(databases()).containsExactly("cache-2-3.db");
  }

  @Test
  void twoThatClearAtOnceLeaveOneDatabase() throws Exception {
    try (Threads threads = new Threads()) {
      for (int round = 0; round < 5; round++) {
        fill(clearer);
        List<Future<Long>> clears = List.of(
            threads.begin(() -> clearer.evict(EntryFilter.ALL)),
            threads.begin(() -> other.evict(EntryFilter.ALL)));
        assertThat(Threads.results(clears).stream().mapToLong(i -> i).sum()).isEqualTo(MANY);
        assertThat(clearer.size()).isEqualTo(other.size());
        assertThat(clearer.size().entries()).isZero();
      }
    }
    clearer.sweep();
    assertThat(databases()).hasSize(1);
    assertThat(kind.resolve("current")).hasContent(databases().get(0));
    assertThat(ValueFilesOf.defaultIn(directory).onDisk()).isEmpty();
  }

  /** What an eviction hid was counted once more. */
  @Test
  void clearDoesNotCountWhatAnEvictionHides() {
    clearer.storeAllOrNone(IntStream.range(0, 1200)
        .mapToObj(i -> NewEntries.entry("t" + i, i, 10, "t"))
        .toList());
    assertThat(clearer.evict(new EntryFilter("t", null))).isEqualTo(1200);
    assertThat(other.evict(new EntryFilter("t", null))).isZero();
    assertThat(other.evict(new EntryFilter(null, "a.B.m"))).isEqualTo(MANY);
    assertThat(clearer.evict(EntryFilter.ALL)).isZero();
    assertThat(clearer.size().entries()).isZero();
  }

  @Test
  void countersThatAreOlderThanTheDatabaseDoNotBringHiddenEntriesBack() throws Exception {
    byte[] older = Files.readAllBytes(kind.resolve("coordination"));
    assertThat(clearer.evict(new EntryFilter(null, "a.B.m"))).isEqualTo(MANY);
    clearer.close();
    other.close();
    Files.write(kind.resolve("coordination"), older); // the power failed

    other = openStore();
    assertThat(other.find(NewEntries.key("k1"))).isEqualTo(Lookup.Miss.ABSENT);
    clearer = openStore();
  }

  @Test
  void countersThatAreOlderThanAClearDoNotBringTheOldDatabaseBack() throws Exception {
    byte[] older = Files.readAllBytes(kind.resolve("coordination"));
    clearer.evict(EntryFilter.ALL);
    clearer.close();
    other.close();
    Files.write(kind.resolve("coordination"), older);

    other = openStore();
    clearer = openStore();
    assertThat(other.find(NewEntries.key("k1"))).isEqualTo(Lookup.Miss.ABSENT);
    other.store(NewEntries.entry("k1", 2, 10));
    assertThat(read(clearer, "k1").value()).hasSize(10);
  }

  /** Who follows to the new database makes it known there, unless that fails; then the next change does. */
  @Test
  void nextChangeMakesItVisibleIfTheOneBeforeFailedHalfway() throws Exception {
    clearer.evict(EntryFilter.ALL);
    setBack(true);
    StoredEntry read = read(other, "k1");
    Path current = kind.resolve("current");
    Files.delete(current);
    Files.createDirectory(current);
    assertThatThrownBy(() -> other.store(NewEntries.entry("new", 1, 10)))
        .isInstanceOf(DiskException.class);
    assertThat(other.find(NewEntries.key("k1"))).isInstanceOf(StoredEntry.class); // as yet

    Files.delete(current);
    Files.writeString(current, "cache-2-1.db\n");
    assertThat(other.store(NewEntries.entry("new", 1, 10)).outcome())
        .isEqualTo(Stored.Outcome.STORED);
    requireCleared(read);
  }

  /** It was deleted, and its value files stayed for as long as their writer lived. */
  @Test
  void supersededDatabaseThatCannotBeReadNowStaysUntilItsFilesAreGone() throws Exception {
    clearer.evict(EntryFilter.ALL);
    putOff.clear();
    for (KindStore store : List.of(clearer, other)) { // leaves the old one
      store.store(NewEntries.entry("new", 1, 10));
      assertThat(store.find(NewEntries.key("k1"))).isEqualTo(Lookup.Miss.ABSENT);
    }
    ValueFilesOf files = ValueFilesOf.defaultIn(directory);
    assertThat(files.onDisk()).hasSize(3);
    try (Connection blocking = Stores.database(directory);
        Statement statement = blocking.createStatement();
        KindStore hurried = TestLimits.ample()
            .timeout(Duration.ofMillis(100))
            .open(directory, 1, clock, putOff::add)) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN IMMEDIATE");
      hurried.sweep();
      assertThat(databases()).contains("cache-2-1.db", "cache-2-2.db");
      assertThat(files.onDisk()).hasSize(3);
    }
    other.sweep();
    assertThat(databases()).containsExactly("cache-2-2.db");
    assertThat(files.onDisk()).isEmpty();
  }

  /** Somebody who opens the kind looks at the database without its lock. */
  @Test
  void openingDoesNotTakeBackALaterMarkOfEvictions() {
    clearer.evict(new EntryFilter(null, "a.B.m"));
    CoordinationFile counters = new CoordinationFile(directory, "default");
    long later = counters.evicting() + 5;
    counters.evicting(later); // of an eviction that is being committed
    openStore().close();

    assertThat(counters.evicting()).isEqualTo(later);
  }
}
