package io.diskmemo.internal.resilience;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Tells a thread that works, if for long, from one that waits for something: the first gets processor
 * time. Loaded when something takes long for the first time. For one thread.
 */
final class Workers {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long thread;
  private long processorNanos;

  /**
   * Whether a thread got processor time since it was asked about before.
   *
   * @param threadId of a thread, which may have ended; of none if it is not positive
   * @return false when it is asked about for the first time, or where the JVM cannot tell
   */
  boolean works(long threadId) {
    long now =
        threadId > 0 && THREADS.isThreadCpuTimeEnabled() ? THREADS.getThreadCpuTime(threadId) : -1;
    boolean works = threadId == thread && now > processorNanos;
    thread = threadId;
    processorNanos = now;
    return works;
  }
}
