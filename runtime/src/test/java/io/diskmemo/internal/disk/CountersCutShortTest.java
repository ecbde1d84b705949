package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes have the counters mapped, and somebody cuts the file short; seen by its length. */
class CountersCutShortTest {
  private static final long GENERATION = 7;
  private static final long EVICTION = 5;

  @TempDir
  private Path kind;

  private Coherence writer;
  private Coherence reader;

  @BeforeEach
  void mapTwice() throws IOException {
    Coherence.createOrMend(kind);
    writer = Coherence.open(kind);
    reader = Coherence.open(kind);
    writer.raiseGeneration(GENERATION);
    writer.raiseEvicted(EVICTION);
    writer.finish(writer.takeTicket());
    assertThat(writer.generation()).isEqualTo(reader.generation());
  }

  private void cut(long bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(kind.resolve(Coherence.FILE_NAME), StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  @Test
  void whoLooksHasNoStampAndTakesNoEntryForVisible() throws IOException {
    long stamp = reader.stamp();
    cut(0);
    reader.look();

    assertThat(reader.isLost()).isTrue();
    assertThat(reader.started()).isNotEqualTo(stamp);
    assertThat(reader.stamp()).isEqualTo(Coherence.UNSTABLE);
    assertThat(reader.ownStamp()).isEqualTo(Coherence.UNSTABLE);
    assertThat(reader.isEvicting()).isTrue();
    assertThat(reader.generation()).isEqualTo(GENERATION);
    reader.finish(reader.takeTicket());
    assertThat(reader.ownStamp()).isEqualTo(Coherence.UNSTABLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 5000, 65535})
  void theNextWriterMakesItAnew(long bytes) throws IOException {
    long stamp = reader.stamp();
    cut(bytes);
    reader.look();
    writer.attach(0);
    writer.closeGap();
    reader.attach(0);
    reader.closeGap();

    assertThat(Files.size(kind.resolve(Coherence.FILE_NAME))).isEqualTo(65536);
    assertThat(reader.isLost() || writer.isLost()).isFalse();
    assertThat(reader.generation()).isEqualTo(GENERATION);
    assertThat(reader.isEvicting()).isFalse();
    assertThat(reader.stamp()).isNotEqualTo(Coherence.UNSTABLE).isNotEqualTo(stamp);
    long fresh = reader.stamp();
    writer.finish(writer.takeTicket());
    assertThat(reader.started()).isNotEqualTo(fresh);
  }

  /** Counted from 0 again, the tickets would come to the stamps of what memory holds. */
  @Test
  void stampsFromBeforeNeverHoldAgain() throws IOException {
    long stamp = reader.stamp();
    cut(0);
    writer.attach(0); // before the reader has looked
    for (int i = 0; i < 10; i++) {
      assertThat(reader.started()).isNotEqualTo(stamp);
      writer.finish(writer.takeTicket());
    }
  }

  @Test
  void hiddenEntriesStayHidden() throws IOException {
    writer.markEvicting(EVICTION);
    cut(0);
    writer.attach(EVICTION);

    assertThat(writer.evictingMark()).isEqualTo(EVICTION);
    assertThat(Coherence.open(kind).isEvicting()).isTrue();
  }
}
