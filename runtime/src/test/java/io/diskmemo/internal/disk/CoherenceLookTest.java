package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at counters whose file somebody removed or replaced while it is mapped here. */
class CoherenceLookTest {
  private static final int TIMES = 100;

  @TempDir
  private Path kind;

  private Coherence counters;

  @BeforeEach
  void map() throws IOException {
    Coherence.createOrMend(kind);
    counters = Coherence.open(kind);
  }

  private void remove() throws IOException {
    Files.delete(kind.resolve(Coherence.FILE_NAME));
  }

  /** As another process does that finds none. */
  private void replace() throws IOException {
    remove();
    Coherence.createOrMend(kind);
  }

  /** Others say there what they evict. */
  @Test
  void replacedFileIsLost() throws IOException {
    long stamp = counters.stamp();
    replace();
    counters.look();

    assertThat(counters.isLost()).isTrue();
    assertThat(counters.stamp()).isEqualTo(Coherence.UNSTABLE);
    assertThat(counters.started()).isNotEqualTo(stamp);
  }

  @Test
  void removedFileIsLeftToWhoeverLooksAfterTheDirectory() throws IOException {
    long stamp = counters.stamp();
    remove();
    counters.look();

    assertThat(counters.isLost()).isFalse();
    assertThat(counters.stamp()).isEqualTo(stamp);
  }

  /** The new mapping was taken for the old one, and lost until somebody wrote again. */
  @Test
  void whatIsMappedAnewDuringALookStays() throws Exception {
    AtomicLong looks = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    try (Threads threads = new Threads()) {
      Future<Long> looking = threads.begin(() -> {
        while (!over.get()) {
          counters.look();
          looks.incrementAndGet();
        }
        return looks.get();
      });
      try {
        for (int i = 0; i < TIMES; i++) {
          replace();
          counters.attach(0);
          long ofTheOldFile = looks.get() + 1;
          Threads.until(() -> looks.get() > ofTheOldFile);
          assertThat(counters.isLost()).isFalse();
        }
      } finally {
        over.set(true);
      }
      assertThat(Threads.result(looking)).isPositive();
    }
  }
}
