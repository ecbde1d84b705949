package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh that is stored when its caller has gone on, and his lease is another's. */
class LateRefreshTest {
  @TempDir
  private Path directory;

  private final TestClock clock = new TestClock();
  private KindStore store;

  @BeforeEach
  void open() {
    store = KindStores.open(directory, "default", 1 << 20, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Stored store(int content) {
    return store.store(refresh(content));
  }

  private static NewEntry refresh(int content) {
    return NewEntries.entry("k", content, 10);
  }

  private int stored() {
    return ((StoredEntry) store.find(NewEntries.key("k"))).value()[0];
  }

  private LateRight handedOver() {
    clock.advance(Duration.ofSeconds(1));
    LateRight right = new LateRight(() -> false, clock.millis());
    clock.advance(Duration.ofSeconds(1));
    return right;
  }

  @Test
  void leavesANewerOne() {
    store(1);
    LateRight late = handedOver();
    store(3);
    late.release();

    assertThat(store.store(refresh(2).with(late)).outcome()).isEqualTo(Stored.Outcome.PRESENT);

    assertThat(stored()).isEqualTo(3);
  }

  @Test
  void takesThePlaceOfTheOneBefore() {
    store(1);
    LateRight late = handedOver();
    late.release();

    assertThat(store.store(refresh(2).with(late)).outcome()).isEqualTo(Stored.Outcome.STORED);

    assertThat(stored()).isEqualTo(2);
  }
}
