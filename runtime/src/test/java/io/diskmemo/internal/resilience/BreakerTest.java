package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.resilience.Failure.Operation;
import io.diskmemo.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();
  private final Instant start = clock.instant();
  private final Breaker breaker = new Breaker(
      new BreakerSettings(3, PAUSE),
      clock,
      () -> Duration.between(start, clock.instant()).toNanos());
  private final List<Level> heard = new ArrayList<>();

  BreakerTest() {
    breaker.listen((before, now) -> heard.add(now.level()));
  }

  private void fails(Trouble trouble, Operation operation, int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(new Failure(trouble, operation, "told"));
    }
  }

  private boolean isTriedAfter(Duration duration) {
    clock.advance(duration);
    return breaker.isTrialBegun();
  }

  @Test
  void itOpensAfterThreeFailuresInARow() {
    fails(Trouble.FAILURE, Operation.READ, 2);
    assertThat(breaker.level()).isEqualTo(Level.HEALTHY);
    fails(Trouble.FAILURE, Operation.READ, 1);
    assertThat(breaker.level()).isEqualTo(Level.UNHEALTHY);
    assertThat(heard).containsExactly(Level.UNHEALTHY);
    assertThat(breaker.condition().failures()).isEqualTo(3);
    assertThat(breaker.condition().reason()).isEqualTo("told");
  }

  @Test
  void aSuccessBetweenFailuresEndsTheRow() {
    fails(Trouble.FAILURE, Operation.READ, 2);
    breaker.succeeded(Operation.READ);
    fails(Trouble.FAILURE, Operation.READ, 2);
    assertThat(breaker.level()).isEqualTo(Level.HEALTHY);
  }

  @Test
  void writesThatFailAreNotHiddenByReadsThatDoNot() {
    for (int i = 0; i < 3; i++) {
      fails(Trouble.FAILURE, Operation.WRITE, 1);
      breaker.succeeded(Operation.READ);
    }
    assertThat(breaker.level()).isEqualTo(Level.UNHEALTHY);
  }

  @Test
  void whatIsNoFaultOfTheDiskIsNotCounted() {
    fails(Trouble.BUSY, Operation.WRITE, 10);
    fails(Trouble.TOO_LARGE, Operation.WRITE, 10);
    assertThat(breaker.level()).isEqualTo(Level.HEALTHY);
    assertThat(breaker.condition().failures()).isZero();
  }

  @Test
  void thereIsOneTrialAfterThePause() {
    fails(Trouble.FAILURE, Operation.READ, 3);
    assertThat(isTriedAfter(PAUSE.minusNanos(1))).isFalse();
    assertThat(isTriedAfter(Duration.ofNanos(1))).isTrue();
    assertThat(isTriedAfter(PAUSE)).as("while the first is under way").isFalse();
    assertThat(breaker.level()).as("for calls").isEqualTo(Level.UNHEALTHY);
    breaker.trialSucceeded();
    assertThat(breaker.level()).isEqualTo(Level.HEALTHY);
    assertThat(breaker.condition().changes()).isEqualTo(2);
    assertThat(breaker.condition().since()).isEqualTo(clock.instant());
    assertThat(heard).containsExactly(Level.UNHEALTHY, Level.HEALTHY);
  }

  @Test
  void aTrialThatFailsIsRepeatedAfterAnotherPause() {
    fails(Trouble.FAILURE, Operation.READ, 3);
    assertThat(isTriedAfter(PAUSE)).isTrue();
    breaker.trialFailed(new Failure(Trouble.FAILURE, Operation.WRITE, "again"));
    assertThat(breaker.level()).isEqualTo(Level.UNHEALTHY);
    assertThat(isTriedAfter(PAUSE.minusNanos(1))).isFalse();
    assertThat(isTriedAfter(Duration.ofNanos(1))).isTrue();
    assertThat(heard).containsExactly(Level.UNHEALTHY);
  }

  @Test
  void aFullDiskIsReadAndTriedAfterThePause() {
    fails(Trouble.FULL, Operation.WRITE, 1);
    assertThat(breaker.level()).isEqualTo(Level.DEGRADED);
    assertThat(isTriedAfter(PAUSE)).isTrue();
    breaker.trialFailed(new Failure(Trouble.FULL, Operation.WRITE, "still"));
    assertThat(breaker.level()).isEqualTo(Level.DEGRADED);
    assertThat(isTriedAfter(PAUSE)).isTrue();
    breaker.trialSucceeded();
    assertThat(heard).containsExactly(Level.DEGRADED, Level.HEALTHY);
  }

  @Test
  void aFullDiskThatAlsoFailsIsLeftAlone() {
    fails(Trouble.FULL, Operation.WRITE, 1);
    fails(Trouble.FORBIDDEN, Operation.READ, 1);
    assertThat(breaker.level()).isEqualTo(Level.UNHEALTHY);
  }

  @Test
  void whatSomebodyHasToMendIsTriedHalfAsOften() {
    fails(Trouble.FORBIDDEN, Operation.WRITE, 1);
    assertThat(breaker.level()).isEqualTo(Level.UNHEALTHY);
    assertThat(isTriedAfter(PAUSE.multipliedBy(2).minusNanos(1))).isFalse();
    assertThat(isTriedAfter(Duration.ofNanos(1))).isTrue();
  }

  @Test
  void filesThatAreGoneAreTriedAtOnceAndThenAfterThePause() {
    fails(Trouble.GONE, Operation.WRITE, 1);
    assertThat(isTriedAfter(Duration.ZERO)).isTrue();
    breaker.trialFailed(new Failure(Trouble.GONE, Operation.WRITE, "still"));
    assertThat(isTriedAfter(PAUSE.minusNanos(1))).isFalse();
    assertThat(isTriedAfter(Duration.ofNanos(1))).isTrue();
  }

  @Test
  void aDiskThatAnswersAtLastIsTriedAtOnce() {
    fails(Trouble.NO_ANSWER, Operation.READ, 1);
    assertThat(breaker.level()).isEqualTo(Level.UNHEALTHY);
    assertThat(breaker.isTrialBegun()).isFalse();
    breaker.answered();
    assertThat(breaker.isTrialBegun()).isTrue();
  }

  @Test
  void whereOnlyWritesDoNotEndReadsGoOn() {
    fails(Trouble.NO_ANSWER, Operation.WRITE, 1);
    assertThat(breaker.level()).isEqualTo(Level.DEGRADED);
  }

  @Test
  void callsThatBeganBeforeItOpenedDecideNothing() {
    fails(Trouble.FAILURE, Operation.READ, 3);
    assertThat(isTriedAfter(PAUSE)).isTrue();
    breaker.succeeded(Operation.READ);
    fails(Trouble.FULL, Operation.WRITE, 1);
    assertThat(breaker.level()).isEqualTo(Level.UNHEALTHY);
    breaker.trialSucceeded();
    assertThat(breaker.level()).isEqualTo(Level.HEALTHY);
  }

  @Test
  void theTickerMayBeNegative() {
    Breaker early = new Breaker(
        new BreakerSettings(1, PAUSE),
        clock,
        () -> Duration.between(start, clock.instant()).toNanos() - PAUSE.toNanos() / 2);
    early.failed(new Failure(Trouble.FAILURE, Operation.READ, "told"));
    clock.advance(PAUSE.minusNanos(1));
    assertThat(early.isTrialBegun()).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(early.isTrialBegun()).isTrue();
  }

  /** The error went to the caller whose call brought the change. */
  @Test
  void aListenerThatFailsKeepsTheOthersFromNothing() {
    List<Level> heardLater = new ArrayList<>();
    breaker.listen((before, now) -> {
      throw new ArithmeticException("long overflow");
    });
    breaker.listen((before, now) -> {
      throw new NoClassDefFoundError("of a listener");
    });
    breaker.listen((before, now) -> heardLater.add(now.level()));

    fails(Trouble.FAILURE, Operation.READ, 3);

    assertThat(heardLater).containsExactly(Level.UNHEALTHY);
  }
}
