package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.key.Key;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.WriteLock;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of many threads go into one transaction. */
class GroupCommitTest {
  private static final Key KEY = NewEntries.key("k");

  @TempDir
  Path directory;

  private KindStore store;

  @BeforeEach
  void open() {
    store = open(Duration.ofSeconds(20));
  }

  private KindStore open(Duration timeout) {
    return TestLimits.ample().timeout(timeout).open(directory, new TestClock());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Stored put(int i) {
    return store.store(NewEntries.entry("k" + i, i, 10));
  }

  /** Begins stores, which wait for each other, and returns when they do. */
  private List<Future<Stored>> waiting(Threads threads, int count) {
    return waiting(threads, count, this::put);
  }

  private List<Future<Stored>> waiting(Threads threads, int count, IntFunction<Stored> work) {
    List<Future<Stored>> futures = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      futures.add(threads.begin(() -> {
        synchronized (running) {
          running.add(Thread.currentThread());
        }
        return work.apply(number);
      }));
    }
    Patience.until("they wait", () -> allWait(running, count));
    return futures;
  }

  /** All but the one that waits for the lock of the database. */
  private static boolean allWait(List<Thread> running, int count) {
    synchronized (running) {
      return running.size() == count
          && running.stream()
                  .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                  .count()
              >= count - 1;
    }
  }

  @Test
  void thoseThatWaitShareACommit() throws Exception {
    put(0);
    long before = store.coherence(KEY).commits();
    try (Threads threads = new Threads()) {
      List<Future<Stored>> stores;
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        stores = waiting(threads, 40);
      }
      for (Future<Stored> one : stores) {
        assertThat(Threads.result(one).outcome()).isEqualTo(Stored.Outcome.STORED);
      }
    }
    assertThat(store.coherence(KEY).commits() - before).isBetween(1L, 5L);
    for (int i = 0; i < 40; i++) {
      StoredEntry found = (StoredEntry) store.find(NewEntries.key("k" + i));
      assertThat(found.value()).containsOnly((byte) i);
    }
  }

  /** Each of a group waited for the lock once more: a hundred seconds for a hundred threads. */
  @Test
  void groupThatMeetsALockWaitsOnce() throws Exception {
    store.close();
    store = open(Duration.ofMillis(300));
    put(0);
    try (Threads threads = new Threads();
        WriteLock lock = WriteLock.hold(directory)) {
      assertThat(lock).isNotNull();
      // with a wait for each, no thread would have its answer within the limit of this test
      for (Future<Stored> one : threads.begin(150, () -> put(1))) {
        assertThatThrownBy(() -> Threads.result(one))
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                DiskException.class, e -> assertThat(e.isTransient()).isTrue());
      }
    }
    assertThat(put(1).outcome()).isEqualTo(Stored.Outcome.STORED);
  }

  @Test
  void oneChangeThatFailsDoesNotFailTheOthers() throws Exception {
    try (Threads threads = new Threads()) {
      List<Future<Stored>> stores;
      Future<Stored> failing;
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        stores = waiting(threads, 20);
        // a name that SQLite cannot take for a key that is not to be null
        failing = threads.begin(() -> store.store(withoutMethodName()));
      }
      for (Future<Stored> one : stores) {
        assertThat(Threads.result(one).outcome()).isEqualTo(Stored.Outcome.STORED);
      }
      assertThatThrownBy(() -> Threads.result(failing)).isInstanceOf(ExecutionException.class);
    }
    assertThat(store.size().entries()).isEqualTo(20);
    assertThat(store.check(false).problems()).isEmpty();
  }

  @SuppressWarnings("NullAway") // on purpose
  private static NewEntry withoutMethodName() {
    NewEntry entry = NewEntries.entry("failing", 1, 10);
    return new NewEntry(
        entry.key(),
        new MethodName(null, 1, "f"),
        entry.tags(),
        entry.expiresMillis(),
        entry.costNanos(),
        entry.value(),
        entry.mode(),
        entry.sequence());
  }

  /** Both had the stamp of the commit, and memory could keep the one that the other replaced. */
  @Test
  void whatAnotherOfTheGroupReplacedHasNoStamp() throws Exception {
    put(0);
    try (Threads threads = new Threads()) {
      List<Future<Stored>> stores;
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        stores = waiting(threads, 10, i -> store.store(NewEntries.entry("same", i, 10)));
      }
      List<Stored> results = Threads.results(stores);
      StoredEntry last = (StoredEntry) store.find(NewEntries.key("same"));
      for (Stored stored : results) {
        assertThat(stored.stamp() == store.coherence(KEY).started()
                && !stored.identity().equals(last.identity()))
            .isFalse();
      }
    }
  }

  /** Those that the failed thread had taken out of the queue waited for ever. */
  @Test
  void anErrorEndsThoseThatWaitInTheSameGroup() throws Exception {
    WriteQueue queue = new WriteQueue(Duration.ofSeconds(20));
    try (Threads threads = new Threads()) {
      List<Future<String>> joined;
      queue.takeTurn("hold");
      try {
        List<Thread> running = new ArrayList<>();
        joined = threads.begin(5, () -> {
          synchronized (running) {
            running.add(Thread.currentThread());
          }
          return outcomeOf(queue);
        });
        Patience.until("they wait", () -> allWait(running, 5));
      } finally {
        queue.endTurn();
      }
      // each error may be that of the one who leads, and end all
      assertThat(Threads.results(joined))
          .allMatch(outcome -> outcome.contains("no memory") || outcome.contains("by an error"));
    }
    assertThat(queue.takeTurnIfFree()).isTrue();
    queue.endTurn();
  }

  private static String outcomeOf(WriteQueue queue) {
    try {
      queue.join(new WriteQueue.Waiting<>("store", transaction -> 1), group -> {
        if (!group.isEmpty()) {
          throw new OutOfMemoryError("no memory");
        }
      });
      return "done";
    } catch (DiskException | OutOfMemoryError e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void interruptedThreadKnowsTheOutcomeAndKeepsItsInterrupt() throws Exception {
    try (Threads threads = new Threads()) {
      AtomicBoolean kept = new AtomicBoolean();
      List<Thread> self = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(1);
      Future<Stored> interrupted;
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        waiting(threads, 2);
        interrupted = threads.begin(() -> {
          self.add(Thread.currentThread());
          begun.countDown();
          Stored stored = put(7);
          kept.set(Thread.interrupted());
          return stored;
        });
        begun.await();
        self.get(0).interrupt();
      }
      assertThat(Threads.result(interrupted).outcome()).isEqualTo(Stored.Outcome.STORED);
      assertThat(kept).isTrue();
    }
    assertThat(store.find(NewEntries.key("k7"))).isInstanceOf(StoredEntry.class);
  }

  /** The flag was lost with the exception. */
  @Test
  void interruptIsKeptAlsoWhenTheWaitWasTooLong() throws Exception {
    store.close();
    store = open(Duration.ofMillis(200));
    try (Threads threads = new Threads();
        WriteLock lock = WriteLock.hold(directory)) {
      assertThat(lock).isNotNull();
      List<Future<Boolean>> stores = threads.begin(3, () -> {
        Thread.currentThread().interrupt();
        try {
          put(1);
        } catch (DiskException e) {
          return e.isTransient() && Thread.interrupted();
        }
        return false;
      });
      assertThat(Threads.results(stores)).containsOnly(true);
    }
  }

  @Test
  void closeEndsThoseThatWait() throws Exception {
    try (Threads threads = new Threads()) {
      List<Future<Stored>> stores;
      Future<?> closing;
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        stores = waiting(threads, 10);
        closing = threads.begin(() -> {
          store.close();
          return true;
        });
      }
      Threads.result(closing);
      for (Future<Stored> one : stores) {
        try {
          assertThat(Threads.result(one).outcome()).isEqualTo(Stored.Outcome.STORED);
        } catch (ExecutionException e) {
          assertThat(e).cause().isInstanceOf(DiskException.class);
        }
      }
    }
    store = open(Duration.ofSeconds(20));
    assertThat(store.check(false).problems()).isEmpty();
    assertThat(store.sweep()).isZero();
  }

  /** The second waited for ever for reads that were none. */
  @Test
  void storeCanBeClosedTwice() {
    store.close();
    store.close();
    assertThatThrownBy(() -> store.find(KEY)).hasMessageContaining("closed");
  }

  @Test
  void thousandThreadsNeedAFixedNumberOfDescriptors() throws Exception {
    assumeTrue(new File("/proc/self/fd").isDirectory(), "/proc is missing");
    put(0);
    hammer(Executors.newFixedThreadPool(1000));
  }

  @Test
  void virtualThreadsToo() throws Exception {
    assumeTrue(Runtime.version().feature() >= 25, "needs JDK 25");
    assumeTrue(new File("/proc/self/fd").isDirectory(), "/proc is missing");
    put(0);
    hammer((ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
  }

  private void hammer(ExecutorService pool) throws Exception {
    AtomicInteger most = new AtomicInteger();
    int before = descriptors();
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        int number = i;
        calls.add(pool.submit(() -> {
          go.await();
          boolean right = put(number).outcome() == Stored.Outcome.STORED;
          if (number % 50 == 0) {
            most.accumulateAndGet(descriptors(), Math::max);
          }
          return right
              && ((StoredEntry) store.find(NewEntries.key("k" + number))).value()[0]
                  == (byte) number;
        }));
      }
      go.countDown();
      assertThat(Threads.results(calls)).containsOnly(true);
    } finally {
      pool.shutdown();
    }
    assertThat(most.get() - before).isLessThan(40);
    assertThat(store.size().entries()).isEqualTo(1000);
  }

  private static int descriptors() {
    String[] all = new File("/proc/self/fd").list();
    return all == null ? 0 : all.length;
  }
}
