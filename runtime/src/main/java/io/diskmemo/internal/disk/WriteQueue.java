package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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

  static final long NANOS_PER_MILLI = 1_000_000;

  /** How often those who need not stand in line look whether the thread that has the turn lives. */
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private volatile Turn turn = new Turn();
  private final Deque<Waiting<?>> waiting = new ConcurrentLinkedDeque<>();
  private final List<Waiting<?>> group = new ArrayList<>(MOST_TOGETHER); // guarded by the turn
  private final Duration timeout;
  private final LongSupplier nanoTime;

  WriteQueue(Duration timeout) {
    this(timeout, System::nanoTime);
  }

  /** With a clock whose readings can only be compared with each other. */
  WriteQueue(Duration timeout, LongSupplier nanoTime) {
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  /** One thread has it, unless that ended where its stack did, and could not even give it back. */
  private static final class Turn extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    Turn() {
      super(true);
    }

    boolean isLost() {
      Thread owner = getOwner();
      return owner != null && !owner.isAlive();
    }
  }

  /** When somebody who begins to wait now has waited for the timeout, as {@link #nanosUntil} has it. */
  long deadline() {
    return nanoTime.getAsLong() + timeout.toNanos();
  }

  /** What is left until a deadline; 0 or less if it is over. */
  long nanosUntil(long deadline) {
    return deadline - nanoTime.getAsLong();
  }

  /** The same, rounded up, or 0. */
  long millisUntil(long deadline) {
    return Math.max(0, nanosUntil(deadline) + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
  }

  /** As SQLite sees it, which waits for whole milliseconds. */
  boolean isOver(long deadline) {
    return nanosUntil(deadline) <= NANOS_PER_MILLI;
  }

  /** The deadline of the one that waits the longest. */
  static long firstDeadline(List<Waiting<?>> group) {
    long first = group.get(0).deadline;
    for (int i = 1; i < group.size(); i++) {
      long other = group.get(i).deadline;
      first = other - first < 0 ? other : first;
    }
    return first;
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
    private long deadline;
    private boolean committed;
    private long stamp;
    private @Nullable Throwable failure;
    private volatile boolean done; // neither committed nor failed if its maker did not get that far

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

    /** When it has waited for the timeout, in the queue and for others' locks together. */
    long deadline() {
      return deadline;
    }

    void committed(long withStamp) {
      stamp = withStamp;
      committed = true;
      end();
    }

    void failed(RuntimeException reason) {
      failure = reason;
      end();
    }

    void failed(Error reason) {
      failure = reason;
      end();
    }

    /** Like what says how it ended, takes no memory, of which there may be none. */
    private void end() {
      done = true;
      LockSupport.unpark(thread);
    }

    @SuppressWarnings("NullAway") // what a change returns may be null if its type says so
    private Writer.Result<T> result() {
      if (failure instanceof RuntimeException reason) {
        throw reason;
      }
      if (failure instanceof Error reason) {
        throw reason;
      }
      if (!committed) {
        throw new DiskException(
            operation, false, "the thread that was to do it with others ended by an error");
      }
      return new Writer.Result<>(value, stamp);
    }
  }

  /**
   * Has a change made together with those of other threads.
   *
   * @param together makes the changes, and ends each or leaves it to be made later
   */
  <T> Writer.Result<T> join(Waiting<T> change, Consumer<List<Waiting<?>>> together) {
    change.deadline = deadline();
    waiting.add(change);
    boolean interrupted = false;
    while (!change.done) {
      if (isLed(change, together)) {
        continue;
      }
      if (nanosUntil(change.deadline) <= 0 && waiting.remove(change)) {
        wakeNext(); // in case the turn ended just now, and woke this thread
        restore(interrupted);
        throw tooLong(change.operation);
      } else {
        // once it was taken out of the queue, it is being made, and its outcome must be known
        long left = Math.max(NANOS_PER_MILLI, nanosUntil(change.deadline));
        LockSupport.parkNanos(this, Math.min(LOOK_NANOS, left));
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

  /** Leads if nobody else has the turn. */
  private boolean isLed(Waiting<?> own, Consumer<List<Waiting<?>>> together) {
    int before = turn.getHoldCount();
    try {
      if (!takeTurnIfFree()) {
        return false;
      }
      lead(own, together);
      return true;
    } catch (StackOverflowError e) {
      giveBack(before);
      throw e;
    }
  }

  /** The stack may end when the lock is taken, and before anybody knows. */
  private void giveBack(int before) {
    if (turn.getHoldCount() > before) {
      turn.unlock();
      wakeNext();
    }
  }

  /** The turn, or another one if it is lost; what its thread was making is over. */
  private Turn present() {
    Turn present = turn;
    return present.isLost() ? replaced(present) : present;
  }

  private synchronized Turn replaced(Turn lost) {
    if (lost.equals(turn)) {
      endGroup();
      turn = new Turn();
    }
    return turn;
  }

  private void lead(Waiting<?> own, Consumer<List<Waiting<?>>> together) {
    try {
      while (!own.done) {
        takeGroup();
        together.accept(group);
        putBack();
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

  /** In their order, before those that came later. */
  private void putBack() {
    for (int i = group.size() - 1; i >= 0; i--) {
      if (!group.get(i).done) {
        waiting.addFirst(group.get(i));
      }
    }
    group.clear();
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

  /**
   * Waits for a turn of its own. An interrupt does not end the wait, and is kept.
   *
   * @return until when it may go on to wait, for others' locks
   */
  long takeTurn(String operation) {
    long deadline = deadline();
    int before = turn.getHoldCount();
    boolean interrupted = Thread.interrupted();
    boolean taken = false;
    try {
      while (!taken) {
        try {
          if (!present().tryLock(nanosUntil(deadline), TimeUnit.NANOSECONDS)) {
            throw tooLong(operation);
          }
          taken = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return deadline;
    } catch (StackOverflowError e) {
      giveBack(before);
      throw e;
    } finally {
      restore(interrupted);
    }
  }

  /** Takes a turn if nobody else has it. */
  boolean takeTurnIfFree() {
    return present().tryLock();
  }

  /** Waits for a turn, however long it takes. */
  void takeTurnWhenever() {
    boolean interrupted = Thread.interrupted();
    boolean taken = false;
    while (!taken) {
      try {
        taken = present().tryLock(LOOK_NANOS, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    restore(interrupted);
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
