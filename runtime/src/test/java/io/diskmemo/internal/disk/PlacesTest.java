package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.Places.Arrival;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for a place, and for how long; the places are taken and left by the test's own thread. */
class PlacesTest {
  private static final Duration PATIENCE = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final AtomicLong now = new AtomicLong();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  /** One place, by a clock that goes on by so much each time somebody looks at it. */
  private Places onePlace(Duration step) {
    return onePlace(() -> now.addAndGet(step.toNanos()));
  }

  private static Places onePlace(LongSupplier nanoTicker) {
    return new Places(1, PATIENCE.toNanos(), nanoTicker);
  }

  @Test
  void freePlaceIsHad() {
    Places places = onePlace(PATIENCE);
    assertThat(places.enter(LONGEST)).isEqualTo(Arrival.INSIDE);
    assertThat(places.isEnteredAtOnce()).isFalse();
    places.leave();
    assertThat(places.isEnteredAtOnce()).isTrue();
  }

  @Test
  void whereNobodyLeavesNobodyWaits() {
    Places places = onePlace(PATIENCE);
    places.enter(LONGEST);
    assertThat(places.enter(LONGEST)).isEqualTo(Arrival.REFUSED);
  }

  @Test
  void whereOthersLeaveOneWaitsOn() {
    AtomicInteger looks = new AtomicInteger();
    Places[] places = new Places[1];
    places[0] = onePlace(() -> {
      if (looks.incrementAndGet()
          == 3) { // after the first wait, in which another left and one came
        places[0].leave();
        places[0].isEnteredAtOnce();
      } else if (looks.get() == 5) {
        places[0].leave();
      }
      return now.addAndGet(PATIENCE.toNanos());
    });
    places[0].isEnteredAtOnce();
    assertThat(places[0].enter(LONGEST)).isEqualTo(Arrival.INSIDE);
  }

  @Test
  void whereTheMachineStoodStillOneWaitsOn() {
    AtomicInteger looks = new AtomicInteger();
    Places[] places = new Places[1];
    places[0] = onePlace(() -> {
      if (looks.incrementAndGet() == 5) { // after the second wait began
        places[0].leave();
      }
      return now.addAndGet(
          PATIENCE.multipliedBy(3).toNanos()); // a wait that takes three times as long
    });
    places[0].isEnteredAtOnce();
    assertThat(places[0].enter(LONGEST)).isEqualTo(Arrival.INSIDE);
  }

  @Test
  void nobodyWaitsLongerThanHeWants() {
    Places places = onePlace(PATIENCE.multipliedBy(3));
    places.enter(LONGEST);
    assertThat(places.enter(PATIENCE.multipliedBy(5))).isEqualTo(Arrival.REFUSED);
  }

  @Test
  void interruptedThreadWaitsAndStaysInterrupted() {
    Places places = onePlace(PATIENCE);
    places.enter(LONGEST);
    Thread.currentThread().interrupt();
    assertThat(places.enter(LONGEST)).isEqualTo(Arrival.REFUSED);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void threadThatIsInterruptedMeanwhileStaysSo() {
    Places places = onePlace(() -> {
      Thread.currentThread().interrupt();
      return now.addAndGet(1);
    });
    places.isEnteredAtOnce();
    assertThat(places.enter(LONGEST)).isEqualTo(Arrival.INTERRUPTED);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void allPlacesAreHadWhenAllHaveLeft() {
    Places places = onePlace(PATIENCE);
    places.enterAll();
    assertThat(places.isEnteredAtOnce()).isFalse();
    places.leaveAll();
    assertThat(places.isEnteredAtOnce()).isTrue();
  }
}
