package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadProgressTest {
  private final long here = Thread.currentThread().getId();

  @Test
  void grows() {
    ReadProgress.note();
    long before = ReadProgress.of(here);
    ReadProgress.note();

    assertThat(ReadProgress.of(here)).isGreaterThan(before);
  }

  /** A disk that hung was taken for one that answers while values of another were read. */
  @Test
  void isNobodyElses() {
    ReadProgress.note();

    assertThat(ReadProgress.of(here + ReadProgress.PLACES)).isZero();
  }
}
