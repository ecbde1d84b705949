package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a word has stood in its slot. */
class SightingsTest {
  private final Sightings sightings = new Sightings();

  private long look(long nowNanos) {
    return sightings.unchangedNanos(1, 7, nowNanos, 100);
  }

  /** Two threads read the clock, and the first of them came last; the time between was counted twice. */
  @Test
  void lookThatComesLateCountsNothing() {
    assertThat(look(0)).isZero();
    assertThat(look(10)).isEqualTo(10);
    assertThat(look(5)).isEqualTo(10);
    assertThat(look(10)).isEqualTo(10);
    assertThat(look(12)).isEqualTo(12);
  }

  @Test
  void clockThatOverflowsCountsOn() {
    assertThat(look(Long.MAX_VALUE)).isZero();
    assertThat(look(Long.MIN_VALUE)).isEqualTo(1);
  }
}
