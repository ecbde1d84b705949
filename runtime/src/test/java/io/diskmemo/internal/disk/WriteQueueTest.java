package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.Threads;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that end while they have the turn, as one does whose stack ends at the wrong place. */
class WriteQueueTest {
  private final WriteQueue queue = new WriteQueue(Threads.LIMIT.multipliedBy(2));
  private final Threads threads = new Threads();

  @AfterEach
  void end() {
    threads.close();
  }

  private void lose() throws InterruptedException {
    Thread loser = new Thread(queue::takeTurnIfFree);
    loser.start();
    loser.join();
  }

  private boolean isFree() throws Exception {
    Callable<Boolean> tried = () -> {
      boolean free = queue.takeTurnIfFree();
      if (free) {
        queue.endTurn();
      }
      return free;
    };
    return Threads.result(threads.begin(tried));
  }

  @Test
  void lostTurnIsHadByTheNext() throws Exception {
    lose();
    queue.takeTurn("write");
    assertThat(isFree()).isFalse();
    queue.endTurn();
    assertThat(isFree()).isTrue();

    lose();
    queue.takeTurnWhenever();
    assertThat(isFree()).isFalse();
    queue.endTurn();
    lose();
    assertThat(isFree()).isTrue();
  }

  @Test
  void changesAreMadeAfterATurnWasLost() throws Exception {
    lose();
    Writer.Result<Integer> result = queue.join(
        new WriteQueue.Waiting<>("write", transaction -> 1),
        group -> group.forEach(change -> change.committed(7)));
    assertThat(result.stamp()).isEqualTo(7);
  }

  @Test
  void changesThatWaitAreMadeWhenTheTurnIsLost() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    new Thread(holding(taken, end)).start();
    taken.await();
    FutureTask<Long> change = new FutureTask<>(() -> queue
        .join(
            new WriteQueue.Waiting<>("write", transaction -> 1),
            group -> group.forEach(one -> one.committed(7)))
        .stamp());
    Thread waiter = new Thread(change);
    waiter.start();
    Threads.until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    end.countDown();
    assertThat(Threads.result(change)).isEqualTo(7);
  }

  private Runnable holding(CountDownLatch taken, CountDownLatch end) {
    return () -> {
      queue.takeTurnWhenever();
      taken.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  @Test
  void whoeverWaitsHasTheTurnWhenItIsLost() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread loser = new Thread(holding(taken, end));
    loser.start();
    taken.await();
    Future<Boolean> waiting = threads.begin(() -> {
      queue.takeTurnWhenever();
      queue.endTurn();
      return true;
    });
    assertThat(isFree()).isFalse();
    end.countDown();
    assertThat(Threads.result(waiting)).isTrue();
  }
}
