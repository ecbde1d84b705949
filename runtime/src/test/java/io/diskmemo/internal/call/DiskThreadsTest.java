package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.Lease;
import io.diskmemo.internal.flight.LeaseRequest;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.testkit.ColdKey;
import io.diskmemo.testkit.NoThreads;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads of a disk where the system gives only so many. */
@Timeout(60)
class DiskThreadsTest {
  private final AtomicInteger asked = new AtomicInteger();
  private DiskThreads threads;

  @AfterEach
  void end() {
    threads.end();
  }

  private DiskThreads threads(int available) {
    ThreadFactory factory = work -> new Thread(work) {
      @Override
      public synchronized void start() {
        if (asked.incrementAndGet() > available) {
          throw new OutOfMemoryError("unable to create native thread");
        }
        super.start();
      }
    };
    threads = new DiskThreads("test", 4, factory);
    return threads;
  }

  private static void refuse(Runnable work) {
    throw new OutOfMemoryError("no thread for " + work);
  }

  private static <T> T result(CompletableFuture<T> future) throws Exception {
    return Threads.result(future);
  }

  @Test
  void oneThreadDoesWhatThereIsNoSecondFor() throws Exception {
    Executor executor = threads(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Thread> first = CompletableFuture.supplyAsync(
        () -> {
          awaitUninterrupted(go);
          return Thread.currentThread();
        },
        executor);
    CompletableFuture<Thread> second =
        CompletableFuture.supplyAsync(Thread::currentThread, executor);
    go.countDown();

    assertThat(result(second)).isEqualTo(result(first)).isNotEqualTo(Thread.currentThread());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutAnyThreadItThrowsOrDoesItHere() {
    DiskThreads none = threads(0);
    List<Thread> done = new CopyOnWriteArrayList<>();

    assertThatThrownBy(() -> none.execute(() -> done.add(Thread.currentThread())))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(done).isEmpty();
    none.orHere().execute(() -> done.add(Thread.currentThread()));
    assertThat(done).containsExactly(Thread.currentThread());
  }

  /** As the common pool does, which queues before it asks for a thread. */
  @Test
  void workOfAPoolThatThrowsAndKeepsItIsDoneOnce() {
    threads = threads(1);
    List<Runnable> kept = new CopyOnWriteArrayList<>();
    AtomicInteger done = new AtomicInteger();
    new OrHere(work -> {
          kept.add(work);
          throw new OutOfMemoryError("unable to create native thread");
        })
        .execute(done::incrementAndGet);
    kept.forEach(Runnable::run);

    assertThat(done).hasValue(1);
  }

  /** As code of the user that waits for a further call does, where the common pool gets no thread. */
  @Test
  void workThatWaitsForTheDiskInItsOnlyThreadKeepsNobodyWaiting() throws Exception {
    Executor disk = threads(1).orHere();
    Executor pool = new OrHere(DiskThreadsTest::refuse);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<String> outer = new CompletableFuture<>();
    disk.execute(() -> {
      awaitUninterrupted(go);
      pool.execute(() ->
          outer.complete(CompletableFuture.supplyAsync(() -> "read", disk).join() + " and used"));
    });
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> "read too", disk);
    go.countDown();

    assertThat(result(outer)).isEqualTo("read and used");
    assertThat(result(waiting)).isEqualTo("read too");
    Threads.until(() -> CompletableFuture.supplyAsync(Thread::currentThread, disk)
        .join()
        .getName()
        .equals("test-1")); // once it is back
  }

  /** Each in turn found the others waiting, and did them first, deeper and deeper. */
  @Test
  void thousandPiecesThatAreHandedOnInTheOnlyThreadAreDone() throws Exception {
    Executor disk = threads(1).orHere();
    Executor pool = new OrHere(DiskThreadsTest::refuse);
    CountDownLatch go = new CountDownLatch(1);
    disk.execute(() -> awaitUninterrupted(go));
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(CompletableFuture.supplyAsync(() -> "read", disk)
          .thenApplyAsync(read -> read + " and used", pool)
          .thenApplyAsync(used -> used + " and stored", disk));
    }
    go.countDown();

    for (CompletableFuture<String> each : all) {
      assertThat(result(each)).isEqualTo("read and used and stored");
    }
  }

  /** The pool counts a thread while it tries to begin it, and takes what comes meanwhile. */
  @Test
  void whatIsQueuedWhileAThreadFailsToBeginIsDone() throws Exception {
    AtomicInteger trials = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    threads = threads(1);
    ForkJoinPool.ForkJoinWorkerThreadFactory failing = new NoThreads(() -> {
      trials.incrementAndGet();
      awaitUninterrupted(go);
    });
    Executor executor = new OrHere(new ForkJoinPool(3, failing, null, false));
    List<CompletableFuture<String>> all = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<String> one = new CompletableFuture<>();
      all.add(one);
      callers.add(new Thread(() -> executor.execute(() -> one.complete("done"))));
    }
    callers.forEach(Thread::start);
    Threads.until(() ->
        callers.stream().filter(Thread::isAlive).count() == trials.get()); // others queued theirs
    go.countDown();

    for (CompletableFuture<String> each : all) {
      assertThat(result(each)).isEqualTo("done");
    }
  }

  /** It was done by whoever met the limit of threads next, although its owner had seen to it. */
  @Test
  void workWhoseHandOverFailsIsNotDoneByOthers() throws Exception {
    threads = threads(0);
    AtomicInteger trials = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Executor executor = new OrHere(new ForkJoinPool(
        3,
        new NoThreads(() -> {
          if (trials.incrementAndGet() == 1) {
            throw new IllegalStateException("of the factory");
          }
        }),
        null,
        false));

    assertThatThrownBy(() -> executor.execute(done::incrementAndGet)).hasMessage("of the factory");
    for (int i = 0;
        trials.get() < 2;
        i++) { // until one queues in another place, where the pool wants a thread
      Thread next = new Thread(() -> executor.execute(() -> {}));
      next.start();
      next.join();
      assertThat(i).as("threads, of which the pool asked for none").isLessThan(10_000);
    }

    assertThat(done).hasValue(0);
  }

  /** The thread ended, and what waited was done when somebody had more to do. */
  @Test
  void handlerThatFailsLeavesWhatWaitsToAnotherThread() throws Exception {
    Executor executor = threads(2);
    CountDownLatch go = new CountDownLatch(1);
    executor.execute(() -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
        throw new IllegalStateException("of the handler");
      });
      awaitUninterrupted(go);
      throw new IllegalStateException("of the work");
    });
    asked.set(2); // no second thread while the first lives
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> true, executor);
    asked.set(0);
    go.countDown();

    assertThat(result(next)).isTrue();
  }

  @Test
  void workThatFailsLeavesTheThreadToTheNext() throws Exception {
    Executor executor = threads(1);
    CompletableFuture<Thread> failed = new CompletableFuture<>();
    executor.execute(() -> {
      Thread.currentThread()
          .setUncaughtExceptionHandler((thread, failure) -> failed.complete(thread));
      throw new IllegalStateException("of the work");
    });

    assertThat(result(CompletableFuture.supplyAsync(Thread::currentThread, executor)))
        .isEqualTo(result(failed));
  }

  @Test
  void afterTheEndItIsDoneElsewhere() throws Exception {
    DiskThreads ended = threads(0);
    ended.end();

    assertThat(result(CompletableFuture.supplyAsync(() -> "done", ended))).isEqualTo("done");
  }

  /** A look that got no thread was the last, so that the future never completed. */
  @Test
  void waitForALeaseGoesOnWhereThereIsNoSecondThread(@TempDir Path directory) throws Exception {
    try (Leases leases =
        Leases.of(StoreDirectory.openOrCreate(directory.resolve("store")), new TestClock())) {
      LeaseRequest request = ColdKey.request();
      Lease occupied = leases.tryTakeForAll(request).orElseThrow();
      Executor here = threads(1).orHere();
      AtomicInteger steps = new AtomicInteger();
      CompletableFuture<String> waiting = leases.onceAsync(request, new ColdKey(), work -> {
        steps.incrementAndGet();
        here.execute(work);
      });
      Threads.until(() -> steps.get() > 3); // it looks at the lease again and again
      occupied.close();

      assertThat(result(waiting)).isEqualTo("computed");
    }
  }
}
