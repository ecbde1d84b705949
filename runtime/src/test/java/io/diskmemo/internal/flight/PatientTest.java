package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.MappedWrites;
import io.diskmemo.internal.flight.Patient.Seen;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease of another process that lives, seen with a clock that jumps. */
class PatientTest {
  private static final Duration TTL = Duration.ofSeconds(4);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final AtomicLong nanos = new AtomicLong(1_000);
  private final Words words = new Words();
  private final LeaseTable holder =
      new LeaseTable(words, 1, number -> false, MappedWrites.toMemory());
  private final LeaseTable waiter =
      new LeaseTable(words, 2, number -> false, MappedWrites.toMemory());
  private final LeaseRequest request = new LeaseRequest(
      Key.of(new byte[32]), TTL, new WaitTerms("geo", "m", LONGEST, WaitObserver.NONE));
  private Lease lease;
  private Patient patient;

  @BeforeEach
  void begin() {
    LeaseTable.Taking taking = holder.take(request.slotKey(), TTL.toMillis(), 1, null);
    lease = ((LeaseTable.Taken) taking).lease();
    patient = new Patient(request, nanos::get, waiter);
    patient.turnTo((LeaseTable.Occupied) waiter.take(request.slotKey(), TTL.toMillis(), 2, null));
  }

  private Seen after(Duration step) {
    nanos.addAndGet(step.toNanos());
    return patient.look();
  }

  /** How many looks it takes until the lease is over. */
  private int looksUntilOver() {
    int looks = 1;
    while (after(LOOK) == Seen.STILL) {
      looks++;
    }
    return looks;
  }

  @Test
  void leaseThatIsNotRenewedExpiresAfterItsTimeToLive() {
    assertThat(looksUntilOver()).isEqualTo(40);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void renewalBeginsTheTimeAnew() {
    for (int i = 0; i < 100; i++) {
      assertThat(after(LOOK)).isEqualTo(Seen.STILL);
      if (i % 20 == 0) {
        lease.renew();
      }
    }
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void leaseThatIsGivenBackIsOver() {
    assertThat(after(LOOK)).isEqualTo(Seen.STILL);
    lease.close();

    assertThat(after(LOOK)).isEqualTo(Seen.OVER);
  }

  @Test
  void leaseOfAnotherOwnerIsAnother() {
    lease.close();
    LeaseTable third = new LeaseTable(words, 3, number -> false, MappedWrites.toMemory());
    third.take(request.slotKey(), TTL.toMillis(), 1, null);

    assertThat(after(LOOK)).isEqualTo(Seen.OVER);
  }

  @Test
  void nextLeaseOfTheSameOwnerIsAnother() {
    lease.close();
    holder.take(request.slotKey(), TTL.toMillis(), 99, null);

    assertThat(after(LOOK)).isEqualTo(Seen.OVER);
  }

  @Test
  void clockThatJumpsAheadDoesNotEndALease() {
    assertThat(after(Duration.ofHours(1))).isEqualTo(Seen.STILL);
    lease.renew();

    assertThat(after(LOOK)).isEqualTo(Seen.STILL);
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void clockThatJumpsBackDoesNotKeepALeaseAlive() {
    assertThat(after(Duration.ofHours(1).negated())).isEqualTo(Seen.STILL);
    assertThat(after(Duration.ofDays(3652).negated())).isEqualTo(Seen.STILL);

    assertThat(looksUntilOver()).isEqualTo(40);
  }

  @Test
  void waitEndsWhenItHasTakenTooLong() {
    Seen seen = Seen.STILL;
    int looks = 0;
    while (seen == Seen.STILL) {
      lease.renew();
      seen = after(LOOK);
      looks++;
    }
    assertThat(seen).isEqualTo(Seen.TOO_LONG);
    assertThat(looks).isEqualTo(600);
    assertThat(lease.isHeld()).isTrue();
  }

  /** Each attempt shorter than the time to live, with a patience of its own. */
  @Test
  void manyShortWaitsSeeALeaseExpire() {
    int attempts = 0;
    Seen seen = Seen.STILL;
    while (seen == Seen.STILL && attempts < 1_000) {
      patient = new Patient(request, nanos::get, waiter);
      patient.turnTo(new LeaseTable.Occupied(lease.slot(), waiter.slots().word(lease.slot())));
      seen = after(LOOK);
      attempts++;
    }
    assertThat(attempts).isEqualTo(40);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void renewalBeginsTheTimeAnewForShortWaits() {
    for (int i = 0; i < 100; i++) {
      patient = new Patient(request, nanos::get, waiter);
      patient.turnTo(new LeaseTable.Occupied(lease.slot(), waiter.slots().word(lease.slot())));
      assertThat(after(LOOK)).isEqualTo(Seen.STILL);
      if (i % 20 == 0) {
        lease.renew();
      }
    }
    assertThat(lease.isHeld()).isTrue();
  }
}
