package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.WriteLock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are committed are answered as such, and none waits longer than the timeout. */
class WriterTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir
  Path directory;

  private final AtomicLong skippedNanos = new AtomicLong();
  private Writer writer;
  private ValueFiles valueFiles;

  @BeforeEach
  void open() throws Exception {
    StoreDirectory store = StoreDirectory.openOrCreate(directory);
    NativeLibrary.load(store.nativeLibraries());
    KindFiles files = store.createKind("default", 1).get(0);
    StoreLimits limits = TestLimits.ample().timeout(TIMEOUT).limits();
    valueFiles = new ValueFiles(files.directory());
    writer = Writer.open(
        files,
        new Database(files::database, limits),
        limits,
        valueFiles,
        new MethodsInUse(new TestClock()),
        new WriteQueue(TIMEOUT, () -> System.nanoTime() + skippedNanos.get()));
  }

  @AfterEach
  void close() {
    writer.close();
    valueFiles.close();
  }

  private void pass(Duration time) {
    skippedNanos.addAndGet(time.toNanos());
  }

  /** Holds the turn, as long as nobody says that it is to end. */
  private Future<String> holdTurn(Threads threads, CountDownLatch end) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Future<String> holder = threads.begin(() -> writer.alone("hold", statements -> {
      begun.countDown();
      Patience.until("it is to end", () -> end.getCount() == 0);
      return "held";
    }));
    begun.await();
    return holder;
  }

  /** Begins something that waits for its turn, and returns when it does. */
  private static <T> Future<T> waiting(Threads threads, Supplier<T> work) {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<T> begun = threads.begin(() -> {
      thread.set(Thread.currentThread());
      return work.get();
    });
    Patience.until(
        "it waits",
        () -> thread.get() != null && thread.get().getState() == Thread.State.TIMED_WAITING);
    return begun;
  }

  private static int count(String name, Transaction transaction) throws SQLException {
    return transaction.statements.update(
        "INSERT INTO total (name, value) VALUES (?, 1)"
            + " ON CONFLICT (name) DO UPDATE SET value = value + 1",
        name);
  }

  private long counted(String name) {
    return writer.alone(
        "count",
        statements ->
            statements.number("SELECT value FROM total WHERE name = ?", name).orElse(0));
  }

  private Future<Integer> counting(Threads threads, String name) {
    return waiting(
        threads,
        () -> writer
            .writeTogether("count", transaction -> count(name, transaction))
            .value());
  }

  /** The group was made once more, each change on its own, though it was committed. */
  @Test
  void anErrorAfterTheCommitMakesNothingTwice() throws Exception {
    try (Threads threads = new Threads()) {
      CountDownLatch end = new CountDownLatch(1);
      Future<String> holder = holdTurn(threads, end);
      Future<Integer> first = counting(threads, "first");
      Future<Integer> failing = waiting(
          threads,
          () -> writer
              .writeTogether("count", transaction -> {
                transaction.onCommit(() -> {
                  throw new OutOfMemoryError("after the commit");
                });
                return count("failing", transaction);
              })
              .value());
      Future<Integer> last = counting(threads, "last");
      end.countDown();

      assertThat(Threads.result(holder)).isEqualTo("held");
      assertThat(Threads.result(first)).isEqualTo(1);
      assertThat(Threads.result(failing)).isEqualTo(1);
      assertThat(Threads.result(last)).isEqualTo(1);
    }
    assertThat(counted("first")).isEqualTo(1);
    assertThat(counted("failing")).isEqualTo(1);
    assertThat(counted("last")).isEqualTo(1);
  }

  /** It was answered by the error, and what the caller undid then was there. */
  @Test
  void aChangeOfItsOwnIsCommittedWhateverFollows() {
    int made = writer
        .write("count", transaction -> {
          transaction.invalidateMemory();
          transaction.onCommit(() -> {
            throw new IllegalStateException("after the commit");
          });
          return count("alone", transaction);
        })
        .value();

    assertThat(made).isEqualTo(1);
    assertThat(counted("alone")).isEqualTo(1);
    assertThat(writer.coherence().stamp()).isNotEqualTo(Coherence.UNSTABLE);
  }

  private static long longestWaitMillis(Transaction transaction) throws SQLException {
    return transaction.statements.number("PRAGMA busy_timeout").orElseThrow();
  }

  /** It waited for the timeout in the queue, and for as long again for the lock. */
  @Test
  void timeInTheQueueIsNoLongerThereForTheLock() throws Exception {
    try (Threads threads = new Threads()) {
      CountDownLatch end = new CountDownLatch(1);
      Future<String> holder = holdTurn(threads, end);
      Future<Long> together = waiting(
          threads,
          () -> writer.writeTogether("look", WriterTest::longestWaitMillis).value());
      pass(Duration.ofSeconds(5));
      Future<Long> alone = waiting(
          threads, () -> writer.write("look", WriterTest::longestWaitMillis).value());
      pass(Duration.ofSeconds(10));
      end.countDown();

      assertThat(Threads.result(holder)).isEqualTo("held");
      assertThat(Threads.result(together)).isLessThanOrEqualTo(5_000);
      assertThat(Threads.result(alone)).isLessThanOrEqualTo(10_000);
    }
    assertThat(writer.write("look", WriterTest::longestWaitMillis).value())
        .isEqualTo(TIMEOUT.toMillis());
  }

  /** All of a group gave up with the first. */
  @Test
  void whoeverCameLaterWaitsOnWhenTheFirstGivesUp() throws Exception {
    try (Threads threads = new Threads()) {
      CountDownLatch end = new CountDownLatch(1);
      Future<String> holder = holdTurn(threads, end);
      Future<Integer> first = counting(threads, "first");
      pass(TIMEOUT.minusMillis(200));
      Future<Integer> later = counting(threads, "later");
      Future<Integer> last = counting(threads, "last");
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        end.countDown();
        assertThat(Threads.result(holder)).isEqualTo("held");
        assertThatThrownBy(() -> Threads.result(first))
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                DiskException.class, e -> assertThat(e.isTransient()).isTrue());
      }
      assertThat(Threads.result(later)).isEqualTo(1);
      assertThat(Threads.result(last)).isEqualTo(1);
    }
    assertThat(counted("first")).isZero();
  }
}
