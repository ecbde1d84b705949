package io.diskmemo.internal.disk;

/**
 * What the transaction of a writer is doing, for those who want to know whether the disk answers:
 * waiting for the locks of others, or writing since when. Written by one thread at a time.
 */
final class WriterProgress {
  private static final long NONE = 0;
  private static final long WAITING = 1;

  private volatile long state = NONE; // else when it began to write

  void waiting() {
    state = WAITING;
  }

  void writing() {
    long now = System.nanoTime();
    state = now == NONE || now == WAITING ? WAITING + 1 : now;
  }

  void ended() {
    state = NONE;
  }

  /** Adds this one to several: 0 if one waits, {@link Long#MAX_VALUE} if none is under way. */
  long longer(long others, long nowNanos) {
    long seen = state;
    if (seen == NONE) {
      return others;
    }
    if (seen == WAITING || others == 0) {
      return 0;
    }
    long writing = Math.max(1, nowNanos - seen);
    return others == Long.MAX_VALUE ? writing : Math.max(others, writing);
  }
}
