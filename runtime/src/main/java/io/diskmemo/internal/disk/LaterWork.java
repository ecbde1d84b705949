package io.diskmemo.internal.disk;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that callers do not wait for, and that somebody else will do if it fails. Thread-safe. */
final class LaterWork {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final Executor background;
  private volatile boolean closed;

  LaterWork(Executor background) {
    this.background = background;
  }

  /**
   * Does it in the background, unless the same is running. Those who ask have done what they were to do,
   * so that they do not fail for want of a thread.
   */
  void later(AtomicBoolean running, Runnable work) {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    boolean begun = false;
    try {
      background.execute(() -> {
        try {
          quietly(work);
        } finally {
          running.set(false);
        }
      });
      begun = true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      LOG.debug("put off until somebody finds it left undone", e);
    } finally {
      if (!begun) {
        running.set(false);
      }
    }
  }

  /** Does it in the background. */
  void later(Runnable work) {
    later(new AtomicBoolean(), work);
  }

  /** Does it at once, unless the end has come; a failure only puts it off. */
  void quietly(Runnable work) {
    try {
      if (!closed) {
        work.run();
      }
    } catch (DiskException e) {
      LOG.debug("put off", e);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** What is under way goes on; nothing else is begun. */
  void close() {
    closed = true;
  }
}
