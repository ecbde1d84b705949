package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody may still be writing through a store whose place another took: into the live database. */
class RetiredStoreTest {
  private static final int MANY = Evictions.STEP + 1;

  @TempDir
  private Path directory;

  private final Queue<Runnable> putOff = new ConcurrentLinkedQueue<>();
  private KindStore retired;
  private KindStore other;

  @BeforeEach
  void open() {
    retired = opened();
    other = opened();
  }

  @AfterEach
  void close() {
    retired.close();
    other.close();
  }

  private KindStore opened() {
    return KindStore.open(
        StoreDirectory.openOrCreate(directory),
        "default",
        KindStores.limits(1 << 20),
        1,
        Clock.systemUTC(),
        putOff::add);
  }

  private void store(int entries) {
    List<NewEntry> all = IntStream.range(0, entries)
        .mapToObj(i -> NewEntries.entry("k" + i, i, 10, "t"))
        .toList();
    other.storeAllOrNone(all);
  }

  private Lookup find(int entry) {
    return other.find(NewEntries.key("k" + entry));
  }

  private Coherence others() {
    return other.coherence(NewEntries.key("k0"));
  }

  private static EntryFilter tagged() {
    return new EntryFilter("t", null);
  }

  @Test
  void evictionIsSeenByOthers() {
    store(1);
    long stamp = others().stamp();
    retired.retire();

    assertThat(retired.evict(tagged())).isEqualTo(1);

    assertThat(others().started()).isNotEqualTo(stamp);
    assertThat(find(0)).isEqualTo(Lookup.Miss.ABSENT);
  }

  @Test
  void entriesThatAreRemovedLaterAreHiddenFromOthers() {
    store(MANY);
    retired.retire();

    assertThat(retired.evict(tagged())).isEqualTo(MANY);

    assertThat(putOff).isNotEmpty();
    assertThat(others().isEvicting()).isTrue();
    assertThat(IntStream.range(0, MANY).filter(i -> find(i) != Lookup.Miss.ABSENT))
        .isEmpty();
    assertThat(retired.find(NewEntries.key("k0"))).isEqualTo(Lookup.Miss.ABSENT);
  }

  /** Readers go on to the database that took the place of theirs when the counters name it. */
  @Test
  void clearIsSeenByOthers() {
    store(MANY);
    assertThat(find(0)).isInstanceOf(StoredEntry.class);
    retired.retire();

    assertThat(retired.evict(EntryFilter.ALL)).isEqualTo(MANY);

    assertThat(find(0)).isEqualTo(Lookup.Miss.ABSENT);
  }

  @Test
  void nothingOfItGetsAStamp() {
    retired.retire();
    Coherence its = retired.coherence(NewEntries.key("k0"));
    long stored = retired.store(NewEntries.entry("k0", 1, 10)).stamp();

    assertThat(stored).isEqualTo(Coherence.UNSTABLE);
    assertThat(its.stamp()).isEqualTo(Coherence.UNSTABLE);
    assertThat(its.confirm(its.started())).isEqualTo(Coherence.UNSTABLE);
  }

  @Test
  void whatHadAStampHasNoneAnyMore() {
    Coherence its = retired.coherence(NewEntries.key("k0"));
    long stamp = its.stamp();
    assertThat(its.started()).isEqualTo(stamp);

    retired.retire();

    assertThat(its.started()).isNotEqualTo(stamp);
  }
}
