package io.diskmemo.internal.call;

/** How long this thread has waited at gates, which is no part of what a computation costs. */
final class GateWaits {
  private static final ThreadLocal<long[]> NANOS = ThreadLocal.withInitial(() -> new long[1]);

  private GateWaits() {}

  /** Since the thread began. */
  static long nanos() {
    return NANOS.get()[0];
  }

  static void add(long nanos) {
    NANOS.get()[0] += nanos;
  }
}
