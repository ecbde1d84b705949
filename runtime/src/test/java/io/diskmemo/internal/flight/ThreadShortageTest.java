package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often the lack of threads is told. */
class ThreadShortageTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> log = new ArrayList<>();
  private final ThreadShortage shortage =
      new ThreadShortage("it goes on without", nanos::get, (text, reason) -> log.add(text));

  private void note() {
    shortage.note(new OutOfMemoryError("unable to create native thread"));
  }

  @Test
  void isToldOnceUntilItIsOver() {
    for (int i = 0; i < 100; i++) {
      note();
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertThat(log).containsExactly("it goes on without");
    shortage.end();
    note();

    assertThat(log).hasSize(2);
  }

  @Test
  void isFreshForASecond() {
    assertThat(shortage.isFresh()).isFalse();
    note();
    assertThat(shortage.isFresh()).isTrue();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(shortage.isFresh()).isFalse();
  }
}
