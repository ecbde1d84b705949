package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write, among the threads of this process. Thread-safe.
 *
 * <p>A commit costs the same for one small change as for many, so that changes which wait at the same
 * time go into one transaction: whoever gets the turn takes all that wait, and wakes their threads
 * when they are done. What takes long, or must be alone, takes a turn of its own.
 */
final class WriteQueue {
  /** Bounds how long one transaction takes. */
  private static final int MOST_TOGETHER = 100;

  private final ReentrantLock turn = new ReentrantLock(true);
  private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
  private final List<Waiting<?>> group = new ArrayList<>(MOST_TOGETHER); // guarded by the turn
  private final Duration timeout;

  WriteQueue(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * A change that waits for a transaction. The thread that has the turn makes it and says how it
   * ended; then the thread that waits reads that.
   */
  static final class Waiting<T> {
    private final String operation;
    private final Writer.Change<T> change;
    private final Thread thread = Thread.currentThread();
    private @Nullable T value;
    private @Nullable Supplier<Writer.Result<T>> outcome;
    private volatile boolean done; // without an outcome if whoever made it did not get that far

    Waiting(String operation, Writer.Change<T> change) {
      this.operation = operation;
      this.change = change;
    }

    String operation() {
      return operation;
    }

    /** Makes the change, which takes effect if the transaction is committed. */
    T make(Transaction transaction) throws SQLException {
      T made = change.make(transaction);
      value = made;
      return made;
    }

    @SuppressWarnings("NullAway") // what a change returns may be null if its type says so
    void committed(long stamp) {
      T made = value;
      end(() -> new Writer.Result<>(made, stamp));
    }

    void failed(RuntimeException failure) {
      end(() -> {
        throw failure;
      });
    }

    void failed(Error failure) {
      end(() -> {
        throw failure;
      });
    }

    private void end(Supplier<Writer.Result<T>> how) {
      outcome = how;
      end();
    }

    /** Takes no memory, of which there may be none. */
    private void end() {
      done = true;
      LockSupport.unpark(thread);
    }

    private Writer.Result<T> result() {
      if (outcome == null) {
        throw new DiskException(
            operation, false, "the thread that was to do it with others ended by an error");
      }
      return outcome.get();
    }
  }

  /**
   * Has a change made together with those of other threads.
   *
   * @param together makes the changes, each of which it ends
   */
  <T> Writer.Result<T> join(Waiting<T> change, Consumer<List<Waiting<?>>> together) {
    waiting.add(change);
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    while (!change.done) {
      if (turn.tryLock()) {
        lead(change, together);
      } else if (deadline - System.nanoTime() <= 0 && waiting.remove(change)) {
        wakeNext(); // in case the turn ended just now, and woke this thread
        restore(interrupted);
        throw tooLong(change.operation);
      } else {
        // once it was taken out of the queue, it is being made, and its outcome must be known
        LockSupport.parkNanos(this, Math.max(1_000_000, deadline - System.nanoTime()));
        interrupted |= Thread.interrupted();
      }
    }
    restore(interrupted);
    return change.result();
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void lead(Waiting<?> own, Consumer<List<Waiting<?>>> together) {
    try {
      while (!own.done) {
        takeGroup();
        together.accept(group);
      }
    } finally {
      endGroup();
      if (!own.done) {
        waiting.remove(own);
      }
      endTurn();
    }
  }

  private void takeGroup() {
    group.clear();
    for (Waiting<?> next = waiting.poll(); next != null; next = waiting.poll()) {
      group.add(next);
      if (group.size() == MOST_TOGETHER) {
        return;
      }
    }
  }

  /** Whatever went wrong, those that wait must not do so for ever. */
  private void endGroup() {
    for (int i = 0; i < group.size(); i++) {
      if (!group.get(i).done) {
        group.get(i).end();
      }
    }
    group.clear();
  }

  private DiskException tooLong(String operation) {
    return new DiskException(
        operation, true, "other threads of this process were writing for " + timeout);
  }

  /** Waits for a turn of its own. */
  void takeTurn(String operation) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!turn.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw tooLong(operation);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      throw new DiskException(operation, true, "interrupted while waiting for other threads");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Takes a turn if nobody else has it. */
  boolean takeTurnIfFree() {
    return turn.tryLock();
  }

  /** Waits for a turn, however long it takes. */
  void takeTurnWhenever() {
    turn.lock();
  }

  /** Ends a turn, and has the next change made that waits. */
  void endTurn() {
    turn.unlock();
    wakeNext();
  }

  private void wakeNext() {
    Waiting<?> next = waiting.peek();
    if (next != null) {
      LockSupport.unpark(next.thread);
    }
  }
}
