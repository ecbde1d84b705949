package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Computations aside where there is no thread for them: callers have their results already. */
class RefreshesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final Refreshes refreshes = new Refreshes(
      work -> {
        throw noThread();
      },
      nanos::get);

  private OutOfMemoryError noThread() {
    asked.incrementAndGet();
    return new OutOfMemoryError("unable to create native thread");
  }

  @AfterEach
  void end() {
    refreshes.end();
  }

  private static LocalKey key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return new LocalKey(RefreshesTest.class, Key.of(bytes));
  }

  private boolean isBegun(int number) {
    return refreshes.isBegun(key(number), () -> {});
  }

  private boolean isBegunLater(int number) {
    return refreshes.isBegunLater(key(number), () -> {
      throw noThread();
    });
  }

  private void second() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void threadsAreAskedForSeldom() {
    for (int i = 0; i < 100; i++) {
      assertThat(isBegun(i)).isFalse();
    }
    assertThat(asked).hasValue(1);
    second();

    assertThat(isBegun(1)).isFalse();
    assertThat(asked).hasValue(2);
  }

  /** It was thrown to the caller of a hit. */
  @Test
  void stageThatCannotBeBegunIsNoFailureOfTheCaller() {
    for (int i = 0; i < 100; i++) {
      assertThat(isBegunLater(i)).isFalse();
    }
    assertThat(asked).hasValue(1);
    second();

    assertThat(refreshes.isBegunLater(key(1), CompletableFuture::new)).isTrue();
  }
}
