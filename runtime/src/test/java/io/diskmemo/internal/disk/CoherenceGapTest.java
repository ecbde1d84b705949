package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.value.PlainKeys;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that died between its ticket and its end. */
class CoherenceGapTest {
  private static final Key KEY = PlainKeys.writerOf("k").toKey();

  @TempDir
  Path directory;

  private KindStore store;

  @BeforeEach
  void open() {
    store = open(directory);
    store.store(new NewEntry(
        KEY,
        MethodName.BY_HAND,
        List.of(),
        StoredEntry.NEVER,
        0,
        new byte[] {1},
        NewEntry.Mode.PUBLISH,
        NewEntry.NOW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static KindStore open(Path directory) {
    return KindStores.open(directory, "default", 1 << 20, new TestClock());
  }

  @Test
  void nothingIsStampedWhileTheCountersAreApart() {
    assertThat(stamp()).isNotEqualTo(Coherence.UNSTABLE);
    store.coherence(KEY).takeTicket();

    assertThat(stamp()).isEqualTo(Coherence.UNSTABLE);
    assertThat(store.coherence(KEY).stamp()).isEqualTo(Coherence.UNSTABLE);
  }

  @Test
  void nextWriterClosesTheGap() {
    store.coherence(KEY).takeTicket();
    store.expire();

    assertThat(stamp()).isEqualTo(store.coherence(KEY).started());
  }

  @Test
  void impatientReadersCloseTheGap() {
    store.coherence(KEY).takeTicket();
    assertThatReadersCloseTheGap();
  }

  private void assertThatReadersCloseTheGap() {
    int reads = 0;
    while (stamp() == Coherence.UNSTABLE) {
      assertThat(reads++).isLessThan(1_000);
    }
  }

  @Test
  void lateEndOfATicketDoesNoHarm() {
    long late = store.coherence(KEY).takeTicket();
    store.evict(KEY, null);
    long started = store.coherence(KEY).started();
    store.coherence(KEY).finish(late);

    assertThat(store.coherence(KEY).stamp()).isEqualTo(started);
  }

  /** The reader that tried to close the gap got an exception, just when somebody was writing. */
  @Test
  void readersBesideALivingWriterSucceedAndLeaveTheGapToIt() throws Exception {
    store.coherence(KEY).takeTicket();
    try (Connection writer = DriverManager.getConnection(
            "jdbc:sqlite:" + directory.resolve("kinds/default/cache-2-1.db"));
        Statement statement = writer.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (int i = 0; i < 500; i++) {
        assertThat(stamp()).isEqualTo(Coherence.UNSTABLE);
      }
      statement.execute("ROLLBACK");
    }
    assertThatReadersCloseTheGap();
    store.expire(); // its timeout is as before
  }

  private long stamp() {
    return ((StoredEntry) store.find(KEY)).stamp();
  }
}
