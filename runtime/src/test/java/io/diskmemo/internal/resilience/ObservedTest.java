package io.diskmemo.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObservedTest {
  private final Observed observed = new Observed(50);

  @Test
  void looksInTimeAddUp() {
    assertThat(observed.look(20, 25)).isEqualTo(20);
    assertThat(observed.look(45, 25)).isEqualTo(45);
    assertThat(observed.look(70, 25)).isEqualTo(70);
  }

  @Test
  void lateLookCountsForAStep() {
    assertThat(observed.look(20, 25)).isEqualTo(20);
    assertThat(observed.look(1020, 1000)).isEqualTo(70);
  }

  @Test
  void anotherOperationIsWatchedFromItsBeginning() {
    assertThat(observed.look(500, 40)).isEqualTo(40);
    assertThat(observed.look(540, 40)).isEqualTo(80);
    assertThat(observed.look(10, 40)).isEqualTo(10);
    assertThat(observed.look(0, 40)).isZero();
  }
}
