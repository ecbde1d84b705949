package io.diskmemo.internal.resilience;

import io.diskmemo.testkit.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthThreadTest {
  private static final long SOON_NANOS = 1_000_000;

  private final AtomicInteger failing = new AtomicInteger();
  private final AtomicInteger sound = new AtomicInteger();

  private void requireLooksAfter(HealthThread.Watched watched) {
    HealthThread.Watched other = () -> {
      sound.incrementAndGet();
      return SOON_NANOS;
    };
    HealthThread.begin(watched);
    HealthThread.begin(other);
    try {
      Threads.until(() -> failing.get() > 2);
      int before = sound.get();
      Threads.until(() -> sound.get() > before);
    } finally {
      HealthThread.end(watched);
      HealthThread.end(other);
    }
  }

  /** It ended, and nobody looked after any disk any more. */
  @Test
  void aLookThatFailsIsMadeAgainAndEndsNoOther() {
    requireLooksAfter(() -> {
      failing.incrementAndGet();
      throw new IllegalArgumentException("Invalid thread ID parameter: 0");
    });
  }

  @Test
  void neitherDoesAnError() {
    requireLooksAfter(() -> {
      failing.incrementAndGet();
      throw new NoClassDefFoundError("of a library");
    });
  }
}
