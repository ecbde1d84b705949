package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who write beside long work, in steps, get their turn between the steps. */
class GivingWayTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Long> rests = new ArrayList<>();

  private boolean step(Pace pace, long tookNanos, long done) {
    nanos.addAndGet(tookNanos);
    return pace.goOn(done);
  }

  @Test
  void restsAsLongAsAStepTook() {
    Pace pace = new GivingWay(done -> done < 3, nanos::get, rest -> {
      rests.add(rest);
      nanos.addAndGet(rest);
    });

    assertThat(step(pace, 5, 0)).isTrue();
    assertThat(rests).isEmpty();
    assertThat(step(pace, 7_000_000, 1)).isTrue();
    assertThat(step(pace, 2_000_000, 2)).isTrue();
    assertThat(step(pace, Duration.ofSeconds(3).toNanos(), 3)).isFalse();
    assertThat(rests).containsExactly(7_000_000L, 2_000_000L, 50_000_000L);
  }

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private enum Work {
    REMOVAL(KindStore::removeHidden),
    EXPIRY(KindStore::expire),
    CULL(KindStore::cull),
    COMPACTION(KindStore::compact),
    OUTDATED((store, pace) -> store.dropOutdated(1, pace)),
    TAGS(KindStore::dropUnusedTags);

    private final BiConsumer<KindStore, Pace> work;

    Work(BiConsumer<KindStore, Pace> work) {
      this.work = work;
    }
  }

  private static final class Gentle implements Pace {
    private boolean isAsked;

    @Override
    public boolean goOn(long done) {
      return false;
    }

    @Override
    public Pace givingWay() {
      isAsked = true;
      return this;
    }
  }

  @ParameterizedTest
  @EnumSource
  void workThatKeepsOthersFromWritingGivesWay(Work work, @TempDir Path directory) {
    try (KindStore store = TestLimits.ample().open(directory, new TestClock())) {
      store.store(NewEntries.entry("a", 1, 900));
      store.store(NewEntries.entry("b", 1, 900));
    }
    Gentle pace = new Gentle();
    try (KindStore store =
        TestLimits.ample().size(1000).open(directory, 1, new TestClock(), task -> {})) {
      work.work.accept(store, pace);
    }
    assertThat(pace.isAsked).isTrue();
  }
}
