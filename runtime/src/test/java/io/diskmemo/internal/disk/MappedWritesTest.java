package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.diskmemo.testkit.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a file system before somebody writes to a mapped page. */
class MappedWritesTest {
  private static final long PATIENCE_NANOS = Duration.ofMillis(1).toNanos();

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger questions = new AtomicInteger();

  @Test
  void answerHoldsForAMillisecond() {
    MappedWrites writes = new MappedWrites(questions::incrementAndGet, PATIENCE_NANOS, now::get);
    assertThat(writes.areTaken()).isTrue();
    now.addAndGet(999_999);
    assertThat(writes.areTaken()).isTrue();
    assertThat(questions).hasValue(1);
    now.addAndGet(1);
    assertThat(writes.areTaken()).isTrue();
    assertThat(questions).hasValue(2);
  }

  @Test
  void oneIsHeldByADiskThatDoesNotAnswerAndOthersGoOn() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    MappedWrites writes = new MappedWrites(
        () -> {
          questions.incrementAndGet();
          asked.countDown();
          await(answer);
        },
        PATIENCE_NANOS,
        System::nanoTime);
    try (Threads threads = new Threads()) {
      Future<Boolean> held = threads.begin(writes::areTaken);
      asked.await();
      assertThat(Threads.results(threads.begin(8, writes::areTaken))).containsOnly(false);
      assertThat(questions).hasValue(1);
      assertThat(held.isDone()).isFalse();
      answer.countDown();
      assertThat(Threads.result(held)).isTrue();
      assertThat(writes.areTaken()).isTrue();
    }
  }

  /** Who is interrupted says nothing of the disk. */
  @Test
  void afterOneWasInterruptedOthersStillWaitForTheAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    MappedWrites writes = new MappedWrites(
        () -> {
          asked.countDown();
          await(answer);
        },
        Threads.LIMIT.toNanos(),
        () -> now.addAndGet(PATIENCE_NANOS));
    try (Threads threads = new Threads()) {
      Future<Boolean> held = threads.begin(writes::areTaken);
      asked.await();
      FutureTask<Boolean> interrupted = new FutureTask<>(writes::areTaken);
      Thread waiter = waiting(interrupted);
      waiter.interrupt();
      assertThat(Threads.result(interrupted)).isFalse();
      FutureTask<Boolean> other = new FutureTask<>(writes::areTaken);
      waiting(other);
      answer.countDown();
      assertThat(Threads.result(held)).isTrue();
      assertThat(Threads.result(other)).isTrue();
    }
  }

  private static Thread waiting(FutureTask<Boolean> work) {
    Thread thread = new Thread(work);
    thread.start();
    Threads.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  @Test
  void aQuestionThatFailsLetsTheNextAsk() {
    MappedWrites writes = new MappedWrites(
        () -> {
          if (questions.incrementAndGet() == 1) {
            throw new IllegalStateException("once");
          }
        },
        PATIENCE_NANOS,
        now::get);
    assertThat(catchThrowable(writes::areTaken)).hasMessage("once");
    assertThat(writes.areTaken()).isTrue();
    assertThat(questions).hasValue(2);
  }

  @Test
  void theFileSystemIsAskedByTheTimeOfTheDirectory(@TempDir Path directory) throws Exception {
    FileTime longAgo = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(directory, longAgo);
    assertThat(MappedWrites.in(directory, now::get).areTaken()).isTrue();
    assertThat(Files.getLastModifiedTime(directory)).isGreaterThan(longAgo);
  }

  @Test
  void theJournalIsAskedTenTimesASecond(@TempDir Path directory) throws Exception {
    MappedWrites writes = MappedWrites.in(directory, now::get);
    writes.areTaken();
    FileTime longAgo = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(directory, longAgo);
    now.addAndGet(Duration.ofMillis(99).toNanos());
    assertThat(writes.areTaken()).isTrue();
    assertThat(Files.getLastModifiedTime(directory)).isEqualTo(longAgo);
    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(writes.areTaken()).isTrue();
    assertThat(Files.getLastModifiedTime(directory)).isGreaterThan(longAgo);
  }

  @Test
  void whereThereIsNoDirectoryNobodyWaits(@TempDir Path directory) {
    assertThat(MappedWrites.in(directory.resolve("gone"), now::get).areTaken()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
