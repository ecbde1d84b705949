package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Held;
import io.diskmemo.ProcessLock;
import io.diskmemo.ProcessSemaphore;
import io.diskmemo.Settings;
import io.diskmemo.WaitListener.Wait;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks, semaphores and barriers among the threads of one process. */
class LocksTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir
  Path directory;

  private final Threads threads = new Threads();
  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
  }

  @AfterEach
  void close() {
    threads.close();
    memo.close();
  }

  private ProcessLock lock() {
    return memo.lock("l");
  }

  private ProcessSemaphore single() {
    return memo.semaphore("s", 1);
  }

  /** Whether another thread finds the lock free. */
  private boolean isFree() throws Exception {
    return isFree(memo);
  }

  private boolean isFree(DiskMemo opened) throws Exception {
    return Threads.result(threads.begin(() -> {
      Optional<Held> taken = opened.lock("l").tryLock(Duration.ZERO);
      taken.ifPresent(Held::close);
      return taken.isPresent();
    }));
  }

  @Test
  void threadThatHasTheLockGetsItAgainAndGivesItBackWithTheLast() throws Exception {
    Held outer = lock().lock();
    Held inner = lock().tryLock(Duration.ZERO).orElseThrow();
    assertThat(inner.token()).isEqualTo(outer.token());
    inner.close();
    inner.close(); // does nothing
    assertThat(inner.isHeld()).isFalse();
    assertThat(outer.isHeld()).isTrue();
    assertThat(isFree()).isFalse();
    outer.close();

    assertThat(outer.isHeld()).isFalse();
    assertThat(isFree()).isTrue();
  }

  @Test
  void threadThatOpenedTheDirectoryTwiceHasOneLock() throws Exception {
    try (DiskMemo other = Stores.open(directory);
        Held outer = lock().lock();
        Held inner = other.lock("l").lock()) {
      assertThat(inner.token()).isEqualTo(outer.token());
      assertThat(isFree()).isFalse();
    }
    assertThat(isFree()).isTrue();
  }

  @Test
  void lockIsClosedByItsOwnThreadOnly() throws Exception {
    Held held = lock().lock();
    Future<Boolean> other = threads.begin(() -> {
      assertThatThrownBy(held::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the lock l is closed by a thread that did not take it; close it where it"
              + " was taken");
      return true;
    });
    assertThat(Threads.result(other)).isTrue();
    assertThat(held.isHeld()).isTrue();
    held.close();
    assertThat(isFree()).isTrue();
  }

  @Test
  void permitIsClosedByAnyThread() throws Exception {
    Held permit = single().acquire();
    Threads.result(threads.begin(() -> {
      permit.close();
      return true;
    }));

    assertThat(single().tryAcquire(Duration.ZERO)).isPresent();
  }

  @Test
  void threadsGetTheLockInTheOrderInWhichTheyCame() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Future<Boolean>> waiting = new ArrayList<>();
    Held held = lock().lock();
    for (int i = 0; i < 5; i++) {
      int number = i;
      waiting.add(beginWaiting(() -> {
        try (Held mine = lock().lock()) {
          return mine.isHeld() && order.add(number);
        }
      }));
    }
    held.close();

    assertThat(Threads.results(waiting)).containsOnly(true);
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  /** Begins something in another thread, and returns when that waits. */
  private <T> Future<T> beginWaiting(Callable<T> work) throws Exception {
    LinkedBlockingQueue<Thread> thread = new LinkedBlockingQueue<>();
    Future<T> future = threads.begin(() -> {
      thread.add(Thread.currentThread());
      return work.call();
    });
    Thread begun = thread.take();
    Threads.until(() -> begun.getState() == Thread.State.TIMED_WAITING);
    return future;
  }

  /** Something that waits in another thread, and can be interrupted there. */
  private final class Interruptible {
    private final CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
    private final Future<Held> future;

    Interruptible(Callable<Held> work) throws Exception {
      future = beginWaiting(() -> {
        try {
          Held held = work.call();
          isInterrupted.complete(false);
          return held;
        } catch (InterruptedException e) {
          isInterrupted.complete(true);
          throw e;
        }
      });
    }

    /** Returns when it has seen that, so that it cannot get what becomes free after this. */
    void interrupt() throws Exception {
      future.cancel(true);
      assertThat(Threads.result(isInterrupted)).isTrue();
    }
  }

  @Test
  void threadThatIsInterruptedInTheLineLeavesNothing() throws Exception {
    Held held = lock().lock();
    Interruptible first = new Interruptible(() -> lock().lock());
    Future<Boolean> next = beginWaiting(() -> {
      try (Held mine = lock().lock()) {
        return mine.isHeld();
      }
    });
    first.interrupt();
    held.close();

    assertThat(Threads.result(next)).isTrue();
    assertThat(isFree()).isTrue();
  }

  @Test
  void threadThatIsInterruptedAtTheSlotsLeavesNothing() throws Exception {
    Held held = single().acquire();
    new Interruptible(() -> single().acquire()).interrupt();
    held.close();

    try (Held mine = single().tryAcquire(LONG).orElseThrow()) {
      assertThat(mine.isHeld()).isTrue();
    }
  }

  @Test
  void interruptedThreadGetsNothing() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> lock().lock()).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> single().tryAcquire(Duration.ZERO))
        .isInstanceOf(InterruptedException.class);

    assertThat(isFree()).isTrue();
  }

  @Test
  void waitEndsInTime() throws Exception {
    try (Held held = lock().lock();
        Held permit = single().acquire()) {
      Future<Optional<Held>> other = threads.begin(() -> lock().tryLock(Duration.ofMillis(20)));
      assertThat(Threads.result(other)).isEmpty();
      assertThat(single().tryAcquire(Duration.ofMillis(20))).isEmpty();
      assertThat(single().tryAcquire(Duration.ofMillis(-1))).isEmpty();
      assertThat(held.isHeld() && permit.isHeld()).isTrue();
    }
  }

  @Test
  void semaphoreGivesItsPermitsAndNoMore() throws Exception {
    ProcessSemaphore semaphore = memo.semaphore("s", 3);
    Deque<Held> permits = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      permits.add(semaphore.acquire());
    }
    assertThat(semaphore.tryAcquire(Duration.ZERO)).isEmpty();
    permits.remove().close();

    assertThat(semaphore.tryAcquire(Duration.ZERO)).isPresent();
  }

  @Test
  void tokensGrow() throws Exception {
    long last = 0;
    for (int i = 0; i < 10; i++) {
      try (Held held = memo.lock("l" + i % 3).lock()) {
        assertThat(held.token()).isGreaterThan(last);
        last = held.token();
      }
    }
  }

  @Test
  void barrierLetsOneThreadThroughAtATime() throws Exception {
    List<Integer> inside = new ArrayList<>();
    List<Future<Integer>> results = threads.begin(
        4,
        () -> memo.barrier("b").pass(() -> {
          inside.add(1);
          int alone = memo.barrier("b").pass(inside::size); // again in the same thread
          inside.clear();
          return alone;
        }));

    assertThat(Threads.results(results)).containsOnly(1);
  }

  @Test
  void barrierThrowsWhatTheWorkThrowsAndIsFree() throws Exception {
    assertThatThrownBy(() -> memo.barrier("b").pass(() -> {
          throw new IOException("of the work");
        }))
        .isInstanceOf(IOException.class);

    Future<String> next = threads.begin(() -> memo.barrier("b").pass(() -> "x"));
    assertThat(Threads.result(next)).isEqualTo("x");
  }

  @Test
  void withoutALeaseFileNothingIsGranted() throws Exception {
    Files.createDirectory(directory.resolve("leases")); // where the file should be

    assertThatThrownBy(() -> lock().lock())
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("take the lock l: ")
        .hasMessageContaining("leases");
    assertThatThrownBy(() -> single().tryAcquire(Duration.ZERO))
        .isInstanceOf(DiskMemoException.class);
    assertThatThrownBy(() -> memo.barrier("b").pass(() -> "x"))
        .isInstanceOf(DiskMemoException.class);
  }

  @Test
  void whereAllSlotsOfANameAreOthersNothingIsGranted() throws Exception {
    List<Held> all = new ArrayList<>();
    DiskMemoException refusal = null;
    for (int i = 0; i < 3000 && refusal == null; i++) {
      try {
        all.add(memo.lock("l" + i).lock());
      } catch (DiskMemoException e) {
        refusal = e;
      }
    }

    assertThat(refusal).hasMessageContaining("too many leases are held in this directory at once");
    assertThat(refusal.isTransient()).isTrue();
    assertThat(all).allMatch(Held::isHeld);
    all.forEach(Held::close);
    memo.lock("l" + all.size()).lock().close();
  }

  @Test
  void lockWhoseFileSomebodyReplacedIsNotHeld() throws Exception {
    Held held = lock().lock();
    Files.delete(directory.resolve("leases"));

    assertThat(held.isHeld()).isFalse();
    assertThatThrownBy(() -> lock().lock())
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("has lost it; close it before taking it again");
    held.close();
    try (Held again = lock().lock()) {
      assertThat(again.isHeld()).isTrue();
      assertThat(again.token()).isGreaterThan(held.token());
    }
  }

  @Test
  void closeOfTheDirectoryGivesBackWhatIsHeld() throws Exception {
    DiskMemo shortLived = Stores.open(directory.resolve("other"));
    Held held = shortLived.lock("l").lock();
    shortLived.close();
    assertThat(held.isHeld()).isFalse();

    assertThatThrownBy(() -> shortLived.lock("l")).isInstanceOf(IllegalStateException.class);
    try (DiskMemo next = Stores.open(directory.resolve("other"))) {
      Held taken = next.lock("l").tryLock(Duration.ZERO).orElseThrow();
      held.close(); // of what is another's by now
      assertThat(taken.isHeld()).isTrue();
      assertThat(isFree(next)).isFalse();
      taken.close();
      assertThat(isFree(next)).isTrue();
    }
  }

  @Test
  void closeOfTheDirectoryGivesBackWhatAnEndedThreadHeld() throws Exception {
    DiskMemo shortLived = Stores.open(directory.resolve("other"));
    Thread holder = new Thread(() -> hold(shortLived));
    holder.start();
    holder.join();
    shortLived.close();

    try (DiskMemo next = Stores.open(directory.resolve("other"));
        Held taken = next.lock("l").tryLock(Duration.ZERO).orElseThrow()) {
      assertThat(taken.isHeld()).isTrue();
    }
  }

  private static void hold(DiskMemo memo) {
    try {
      memo.lock("l").lock();
      memo.lock("l").lock();
    } catch (DiskMemoException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closeOfTheDirectoryEndsTheWaitOfThoseInTheLine() throws Exception {
    DiskMemo shortLived = Stores.open(directory.resolve("other"));
    hold(shortLived);
    Future<String> waiting = beginWaiting(() -> {
      try {
        return "granted " + shortLived.lock("l").lock().token();
      } catch (DiskMemoException e) {
        return e.getMessage();
      }
    });
    shortLived.close();

    assertThat(Threads.result(waiting)).endsWith("is closed; open it again");
  }

  /** Its file was removed, and the thread cannot close what it lost. */
  @Test
  void lockThatAnEndedThreadHasLostIsTaken() throws Exception {
    Thread holder = new Thread(() -> hold(memo));
    holder.start();
    holder.join();
    assertThat(isFree()).isFalse();
    Files.delete(directory.resolve("leases"));

    assertThat(isFree()).isTrue();
  }

  @Test
  void threadThatWaitsWhenTheDirectoryIsClosedIsTold() throws Exception {
    DiskMemo shortLived = Stores.open(directory.resolve("other"));
    shortLived.semaphore("s", 1).acquire();
    Future<String> waiting = beginWaiting(() -> {
      try {
        return "granted " + shortLived.semaphore("s", 1).acquire().token();
      } catch (DiskMemoException e) {
        return e.getMessage();
      }
    });
    shortLived.close();

    assertThat(Threads.result(waiting)).endsWith("is closed; open it again");
  }

  @Test
  void longWaitsForLocksAreSeen() throws Exception {
    LinkedBlockingQueue<Wait> waits = new LinkedBlockingQueue<>();
    Settings settings = Settings.builder()
        .directory(directory.resolve("other"))
        .waitListener(waits::add)
        .build();
    try (DiskMemo observed = DiskMemo.open(settings)) {
      Held held = observed.lock("index").lock();
      Held permit = observed.semaphore("s", 1).acquire();
      Future<Held> inLine = threads.begin(() -> observed.lock("index").lock());
      Future<Held> atSlots = threads.begin(() -> observed.semaphore("s", 1).acquire());
      Set<String> seen = new HashSet<>();
      while (seen.size() < 2) { // one of them may be told again before the other is
        Wait wait = waits.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(wait.kind()).isEqualTo("_coordination");
        assertThat(wait.holderProcess()).isEqualTo(ProcessHandle.current().pid());
        seen.add(wait.method());
      }
      held.close();
      permit.close();

      assertThat(seen).containsExactlyInAnyOrder("lock index", "semaphore s");
      assertThat(Threads.result(inLine).isHeld()).isTrue();
      assertThat(Threads.result(atSlots).isHeld()).isTrue();
    }
  }

  @Test
  void namesAreDataAndNoPaths() throws Exception {
    try (Held held = memo.lock("../../etc/passwd").lock();
        Held other = memo.lock("Öffnen \uD83D\uDD12 / 1").lock()) {
      assertThat(held.isHeld() && other.isHeld()).isTrue();
    }
    for (String name : List.of("", "  ", "a\nb", "a\u0000", "x".repeat(251))) {
      assertThatThrownBy(() -> memo.lock(name)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> memo.average(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void namesOfOneTypeAreNotThoseOfAnother() throws Exception {
    try (Held lock = lock().lock();
        Held permit = memo.semaphore("l", 1).tryAcquire(Duration.ZERO).orElseThrow()) {
      Future<String> passed = threads.begin(() -> memo.barrier("l").pass(() -> "x"));
      assertThat(Threads.result(passed)).isEqualTo("x");
      assertThat(lock.isHeld() && permit.isHeld()).isTrue();
    }
  }

  @Test
  void limitsAreChecked() {
    for (Duration ttl : List.of(Duration.ZERO, Duration.ofMillis(99), Duration.ofHours(25))) {
      assertThatThrownBy(() -> memo.lock("l", ttl)).isInstanceOf(IllegalArgumentException.class);
    }
    for (int permits : new int[] {-1, 0, 129}) {
      assertThatThrownBy(() -> memo.semaphore("s", permits))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
