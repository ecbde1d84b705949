package io.diskmemo.internal.coordinate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small kind for throttles and averages with many names. */
class LastingStateRoomTest {
  private static final long LIMIT_BYTES = 16 << 10;
  private static final int MORE_THAN_FIT = 2_000;

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private LastingState state;

  @BeforeEach
  void open() {
    state =
        new LastingState(StoreDirectory.openOrCreate(directory), clock, Runnable::run, LIMIT_BYTES);
  }

  @AfterEach
  void close() {
    state.close();
  }

  private Throttling throttle(int client) {
    Name name = new Name("d", "throttle", "client " + client);
    return new Throttling(
        name, new SharedBucket(name, Rate.of(1, Duration.ofSeconds(1)), state), WaitObserver.NONE);
  }

  private Averaging average(int number) {
    return new Averaging(new Name("d", "average", "a" + number), Optional.empty(), state);
  }

  @Test
  void namesThatAreUsedOnceMakeRoomForOthers() {
    for (int client = 0; client < MORE_THAN_FIT; client++) {
      assertThat(throttle(client).isTaken()).isTrue();
      clock.advance(Duration.ofMillis(500));
    }
  }

  @Test
  void whatHasNotExpiredIsKeptAndRefusesOthers() {
    assertThatThrownBy(() -> {
          for (int number = 0; number < MORE_THAN_FIT; number++) {
            average(number).add(1);
          }
        })
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("there is no room");
    assertThat(average(0).mean().count()).isEqualTo(1);
  }
}
