package io.diskmemo.internal.resilience;

import io.diskmemo.internal.disk.ReadProgress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Tells a thread that works, if for long, from one that waits for something: the first gets processor
 * time. Where the JVM does not tell how much, as of virtual threads, it reads one piece of a value after
 * the other. Loaded when something takes long for the first
 * time. For one thread.
 */
final class Workers {
  private static final long UNKNOWN = -1;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean TELLS_TIMES = THREADS.isThreadCpuTimeSupported();

  private long thread;
  private long processorNanos;
  private long pieces;

  /**
   * Whether a thread did something since it was asked about before.
   *
   * @param threadId of a thread, which may have ended; of none if it is not positive
   * @return false when it is asked about for the first time, or where nothing tells
   */
  boolean works(long threadId) {
    long nanosNow = processorNanosOf(threadId);
    long piecesNow = ReadProgress.of(threadId);
    boolean didMore = nanosNow == UNKNOWN ? piecesNow > pieces : nanosNow > processorNanos;
    boolean works = threadId > 0 && threadId == thread && didMore;
    thread = threadId;
    processorNanos = nanosNow;
    pieces = piecesNow;
    return works;
  }

  private static long processorNanosOf(long threadId) {
    return threadId > 0 && TELLS_TIMES && THREADS.isThreadCpuTimeEnabled()
        ? THREADS.getThreadCpuTime(threadId)
        : UNKNOWN;
  }
}
