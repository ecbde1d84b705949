package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Does a step with a file again while something disturbs it that may end soon: on Windows a virus
 * scanner, or anybody who has the file open. Pauses double from 50 ms to 1 s, and are not longer
 * together than a timeout. Thread-safe.
 */
final class Retries {
  /** For those who have no timeout of a kind to go by. */
  static final Retries BRIEF = new Retries(Duration.ofSeconds(1));

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Duration timeout;
  private final Sleep sleep;

  /** Waits for a while. */
  interface Sleep {
    void forAbout(Duration pause);
  }

  Retries(Duration timeout) {
    this(timeout, pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  Retries(Duration timeout, Sleep sleep) {
    this.timeout = timeout;
    this.sleep = sleep;
  }

  /** A step with a file. */
  interface Step {
    void run() throws IOException;
  }

  void run(Step step) throws IOException {
    Duration left = timeout;
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        step.run();
        return;
      } catch (NoSuchFileException
          | FileAlreadyExistsException
          | AtomicMoveNotSupportedException e) { // these do not end
        throw e;
      } catch (FileSystemException e) {
        if (left.compareTo(pause) < 0) {
          throw e;
        }
      }
      sleep.forAbout(pause);
      left = left.minus(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
    }
  }
}
