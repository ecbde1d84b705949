package io.diskmemo.internal.flight;

/** How long to pause between looks at what another process does: longer each time. For one thread. */
final class Pauses {
  private static final long FIRST_NANOS = 50_000;
  private static final long LONGEST_NANOS = 10_000_000;

  private long next = FIRST_NANOS;

  long nextNanos() {
    long pause = next;
    next = Math.min(2 * next, LONGEST_NANOS);
    return pause;
  }
}
