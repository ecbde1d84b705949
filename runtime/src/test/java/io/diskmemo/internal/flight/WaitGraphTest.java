package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitGraphTest {
  private final Thread one = new Thread(() -> {});
  private final Thread two = new Thread(() -> {});
  private final Thread three = new Thread(() -> {});

  @AfterEach
  void end() {
    WaitGraph.end(one);
    WaitGraph.end(two);
    WaitGraph.end(three);
  }

  @Test
  void waitThatWouldCloseACircleIsNotBegun() {
    assertThat(WaitGraph.begin(one, new Flight(two))).isTrue();
    assertThat(WaitGraph.begin(two, new Flight(three))).isTrue();

    assertThat(WaitGraph.begin(three, new Flight(one))).isFalse();
    WaitGraph.end(two);
    assertThat(WaitGraph.begin(three, new Flight(one))).isTrue();
  }

  /** The thread had its answer, and only had not run since. */
  @Test
  void waitForAFlightThatHasLandedClosesNoCircle() {
    Flight flight = new Flight(two);
    assertThat(WaitGraph.begin(one, flight)).isTrue();
    flight.land(Landing.FAILED);

    assertThat(WaitGraph.begin(two, new Flight(one))).isTrue();
  }

  /** What is noted of a wait for another process stands in its file. */
  @Test
  void whileTheDiskDoesNotAnswerWaitsWithinTheProcessGoOn() throws Exception {
    try (StallingDisk disk = new StallingDisk()) {
      LeaseTable table = new LeaseTable(new Words(), 1, number -> false, disk.writes());
      assertThat(WaitGraph.begin(one, table, 5)).isTrue();
      Future<Boolean> held = disk.stall();
      assertThat(WaitGraph.begin(two, new Flight(one))).isTrue();
      assertThat(WaitGraph.begin(three, new Flight(two))).isTrue();
      assertThat(WaitGraph.begin(one, new Flight(three))).isFalse();
      disk.answer(held);
    }
  }

  /** Or others would not see the circle that their wait for the lease closes. */
  @Test
  void whoHoldsALeaseDoesNotWaitForOneThatWaitsAbroadWhileTheDiskDoesNotAnswer() throws Exception {
    try (StallingDisk disk = new StallingDisk()) {
      LeaseTable table = new LeaseTable(new Words(), 1, number -> false, disk.writes());
      assertThat(table.take(new SlotKey(7, 1234), 5_000, 1, two))
          .isInstanceOf(LeaseTable.Taken.class);
      assertThat(WaitGraph.begin(one, table, 5)).isTrue();
      Future<Boolean> held = disk.stall();
      assertThat(WaitGraph.begin(two, new Flight(one))).isFalse();
      disk.answer(held);
      assertThat(WaitGraph.begin(two, new Flight(one))).isTrue();
    }
  }
}
