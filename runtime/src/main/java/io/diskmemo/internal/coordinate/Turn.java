package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.flight.Holder;
import io.diskmemo.internal.flight.Lines;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.internal.flight.WaitWatch;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the threads of this process that want the same: one after the other, in the
 * order in which they came, so that only the first looks at what other processes do. Thread-safe.
 */
final class Turn {
  /** How often a thread that waits looks whether the first of the line will ever leave. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Deque<Waiter> line = new ArrayDeque<>(); // guarded by this; the first has the turn

  /** A thread, and whether it has come to the front. */
  private record Waiter(Thread thread, Instant since, CountDownLatch front) {
    Holder asHolder() {
      return new Holder(ProcessHandle.current().pid(), thread.getName(), since);
    }
  }

  /**
   * Waits for the turn of this thread.
   *
   * @return false if it did not come in time
   * @throws IllegalStateException if this thread stands in the line already, as when a wait listener
   *     that is told of its wait asks for the same
   */
  boolean enter(WaitTerms terms) throws InterruptedException {
    return enter(terms, () -> {});
  }

  /**
   * As {@link #enter(WaitTerms)}.
   *
   * @param look done now and then while it waits; may end the turn of another
   */
  boolean enter(WaitTerms terms, Runnable look) throws InterruptedException {
    Waiter waiter = new Waiter(Thread.currentThread(), Instant.now(), new CountDownLatch(1));
    add(waiter);
    boolean entered = false;
    try {
      entered = waiter.front().await(0, TimeUnit.NANOSECONDS) || await(waiter, terms, look);
      if (entered) {
        Lines.entered(waiter.thread());
      }
      return entered;
    } finally {
      if (!entered) {
        remove(waiter);
      }
    }
  }

  private static boolean isOver(long waited, WaitTerms terms) {
    return waited >= terms.longest().toNanos();
  }

  private boolean await(Waiter waiter, WaitTerms terms, Runnable look) throws InterruptedException {
    if (terms.longest().isZero()) {
      return false;
    }
    WaitWatch watch = new WaitWatch(terms);
    long began = System.nanoTime();
    boolean entered = false;
    Lines.begin(this::holdingThread);
    try {
      for (long waited = 0; !entered && !isOver(waited, terms); ) {
        look.run();
        watch.look(waited, this::holder);
        long left = Math.min(LOOK_NANOS, terms.longest().toNanos() - waited);
        entered =
            waiter.front().await(Math.min(left, watch.nanosToNext(waited)), TimeUnit.NANOSECONDS);
        waited = System.nanoTime() - began;
      }
      return entered;
    } finally {
      Lines.end();
      watch.end(this::holder, entered ? "over" : "ended");
    }
  }

  private synchronized @Nullable Thread holdingThread() {
    Waiter first = line.peekFirst();
    return first == null ? null : first.thread();
  }

  private synchronized Holder holder() {
    Waiter first = line.peekFirst();
    return first == null ? Holder.NOBODY : first.asHolder();
  }

  private synchronized void add(Waiter waiter) {
    if (line.stream().anyMatch(other -> other.thread().equals(waiter.thread()))) {
      throw new IllegalStateException("this thread waits for it already, and is told so as a wait"
          + " listener; it would wait for itself: let another thread ask for it");
    }
    line.add(waiter);
    callFirst();
  }

  private synchronized void remove(Waiter waiter) {
    line.remove(waiter);
    callFirst();
  }

  /** Ends the turn of the thread that has it. */
  synchronized void leave() {
    Lines.left(line.removeFirst().thread());
    callFirst();
  }

  private void callFirst() {
    Waiter first = line.peekFirst();
    if (first != null) {
      first.front().countDown();
    }
  }

  /** Whether the thread that has the turn may still end it. */
  synchronized boolean isHolderAlive() {
    Waiter first = line.peekFirst();
    return first != null && first.thread().isAlive();
  }

  /** Whether the turn is that of this thread. */
  synchronized boolean isOwn() {
    Waiter first = line.peekFirst();
    return first != null && first.thread().equals(Thread.currentThread());
  }
}
