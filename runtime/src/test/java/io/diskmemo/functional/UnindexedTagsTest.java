package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags without an index, and with one for some entries only. */
class UnindexedTagsTest {
  @TempDir
  Path directory;

  private final List<Runnable> putOff = new ArrayList<>();

  private KindStore open(boolean index) {
    return TestLimits.ample().tagIndex(index).open(directory, 1, new TestClock(), putOff::add);
  }

  private static void store(KindStore store, int from, int to) {
    for (int i = from; i < to; i++) {
      // the rows of t1 and t11 begin alike
      store.store(
          NewEntries.entry("k" + i, i, 1, "t" + i % 12, "all", i % 2 == 0 ? "even" : "odd"));
    }
  }

  private static long visible(KindStore store, int of) {
    long visible = 0;
    for (int i = 0; i < of; i++) {
      visible += store.find(NewEntries.key("k" + i)) instanceof StoredEntry ? 1 : 0;
    }
    return visible;
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void tagsMeanTheSameWithAndWithoutAnIndex(boolean first, boolean second) {
    try (KindStore store = open(first)) {
      store(store, 0, 60);
    }
    try (KindStore store = open(second)) {
      store(store, 60, 120);
      assertThat(store.tags()).hasSize(15).allMatch(tag -> tag.entries() % 10 == 0);
      assertThat(store.count(new EntryFilter("t1", null))).isEqualTo(10);
      assertThat(store.evict(new EntryFilter("t1", null))).isEqualTo(10);
      assertThat(store.find(NewEntries.key("k11"))).isInstanceOf(StoredEntry.class);
      assertThat(store.count(new EntryFilter("t11", "a.B.m"))).isEqualTo(10);
      assertThat(store.evict(new EntryFilter("t11", "a.B.other"))).isZero();
      assertThat(store.evict(new EntryFilter("t11", "a.B.m"))).isEqualTo(10);
      assertThat(store.evict(new EntryFilter("t", null))).isZero();
      assertThat(store.evict(new EntryFilter("even", null))).isEqualTo(60);
      assertThat(store.evict(new EntryFilter("even", null))).isZero();
      assertThat(visible(store, 120)).isEqualTo(40);
      assertThat(store.check(false).problems()).isEmpty();
      assertThat(store.dropUnusedTags()).isEqualTo(10); // t, even, t1, t11, and t0, t2, ...
      assertThat(store.evict(new EntryFilter("all", null))).isEqualTo(40);
      assertThat(store.size().bytes()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyAreHidden(boolean index) {
    try (KindStore store = open(!index)) {
      store(store, 0, 1500);
    }
    try (KindStore store = open(index)) {
      store(store, 1500, 3000);
      assertThat(store.evict(new EntryFilter("odd", null))).isEqualTo(1500);
      assertThat(store.evict(new EntryFilter("odd", "a.B.m"))).isZero();
      assertThat(visible(store, 3000)).isEqualTo(1500);
      assertThat(store.evict(new EntryFilter("all", "a.B.m"))).isEqualTo(1500);
      assertThat(visible(store, 3000)).isZero();
      assertThat(store.tags()).isEmpty();
      store(store, 0, 10);
      assertThat(visible(store, 3000)).isEqualTo(10);
      putOff.forEach(Runnable::run);
      assertThat(visible(store, 3000)).isEqualTo(10);
      assertThat(store.size().entries()).isEqualTo(10);
      assertThat(store.check(false).problems()).isEmpty();
    }
  }

  @Test
  void whatIsComputedDuringTheEvictionIsRefused() {
    try (KindStore store = open(false)) {
      store(store, 0, 10);
      long before = store.sequence(NewEntries.key("k1"));
      store.evict(new EntryFilter("t1", null));
      assertThat(store.store(NewEntries.entry("k1", 1, 1, "t1").since(before)).outcome())
          .isEqualTo(Stored.Outcome.EVICTED_MEANWHILE);
      assertThat(store.store(NewEntries.entry("k2", 1, 1, "t2").since(before)).outcome())
          .isEqualTo(Stored.Outcome.STORED);
    }
  }

  /** Rows with and without an index take turns; each step of a removal begins where one ended. */
  @Test
  void manyOfBothKindsAreRemovedInSteps() {
    for (int part = 0; part < 4; part++) {
      try (KindStore store = open(part % 2 == 0)) {
        store(store, part * 800, (part + 1) * 800);
      }
    }
    try (KindStore store = open(false)) {
      assertThat(store.tags()).contains(new KindStore.TagSize("even", 1600, 1600 * 257));
      assertThat(store.evict(new EntryFilter("even", null))).isEqualTo(1600);
      assertThat(store.evict(new EntryFilter("all", "a.B.m"))).isEqualTo(1600);
      store.removeHidden();
      assertThat(store.size().entries()).isZero();
      assertThat(visible(store, 3200)).isZero();
      assertThat(store.check(false).problems()).isEmpty();
    }
  }
}
