package io.diskmemo.internal.flight;

import io.diskmemo.key.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leases that are granted to one or not at all. A computation goes on where no lease can be had; who
 * asks here must not, and is told why. Thread-safe.
 */
public final class Exclusion {
  /** The wait of one who does not want to end it. */
  public static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Leases leases;
  private final InstantSource clock;
  private final LongSupplier nanoTicker;

  Exclusion(Leases leases, InstantSource clock, LongSupplier nanoTicker) {
    this.leases = leases;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
  }

  /** What became of a wait for a lease. */
  public sealed interface Outcome {}

  /** It is had, until it is closed or lost. */
  public static final class Granted implements Outcome, AutoCloseable {
    private final Leases leases;
    private final LeaseTable table;
    private final Lease lease;
    private final long token;

    Granted(Leases leases, LeaseTable table, Lease lease, long token) {
      this.leases = leases;
      this.table = table;
      this.lease = lease;
      this.token = token;
    }

    /**
     * A number larger than that of every lease that was granted earlier.
     *
     * @return positive
     */
    public long token() {
      return token;
    }

    /**
     * Whether nobody else can have it now.
     *
     * @return false for good once it is lost or closed
     */
    public boolean isHeld() {
      return lease.isHeld() && table.equals(leases.lookNow().table());
    }

    /**
     * Whether the directory was closed since, so that it is not held any more.
     *
     * @return true for good once it was
     */
    public boolean isGivenBack() {
      return leases.isClosed();
    }

    /** Says that it is not used any more; to be followed by {@link #close}, which may wait for the disk. */
    public void end() {
      lease.end();
    }

    /** Gives the lease back; what another has by now stays his. */
    @Override
    public void close() {
      lease.close();
    }
  }

  /** Others had it all the time. */
  public record NotInTime() implements Outcome {}

  /**
   * Nobody can tell whether others have it.
   *
   * @param reason and the way out
   * @param isTransient whether the same may succeed soon
   */
  public record Impossible(String reason, boolean isTransient) implements Outcome {}

  /**
   * Waits for a lease on one of several keys.
   *
   * @param keys any of which will do
   * @param timeToLive of the lease without renewal
   * @param terms of the wait; the thread looks at least once, however short it is
   * @return the lease, or why there is none
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   */
  public Outcome take(List<Key> keys, Duration timeToLive, WaitTerms terms)
      throws InterruptedException {
    return new Attempt(keys, timeToLive, terms, true).take();
  }

  /**
   * As {@link #take}, for somebody who goes on without where the disk does not answer.
   *
   * @param keys any of which will do
   * @param timeToLive of the lease without renewal
   * @param terms of the wait
   * @return the lease, or why there is none; {@link Impossible} also while there is no answer
   * @throws InterruptedException if the thread is interrupted, before or while it waits
   */
  public Outcome takeIfAnswered(List<Key> keys, Duration timeToLive, WaitTerms terms)
      throws InterruptedException {
    return new Attempt(keys, timeToLive, terms, false).take();
  }

  /** One thread's wait. */
  private final class Attempt {
    private final List<LeaseRequest> requests;
    private final WaitTerms terms;
    private final boolean waitsForAnswer;
    private final long beganNanos = nanoTicker.getAsLong();
    private List<Place> places = List.of();
    private @Nullable LeaseTable table;

    Attempt(List<Key> keys, Duration timeToLive, WaitTerms terms, boolean waitsForAnswer) {
      this.requests =
          keys.stream().map(key -> new LeaseRequest(key, timeToLive, terms)).toList();
      this.terms = terms;
      this.waitsForAnswer = waitsForAnswer;
    }

    Outcome take() throws InterruptedException {
      refuseInterrupted();
      Outcome first = look();
      if (first != null || terms.longest().isZero()) {
        return first == null ? new NotInTime() : first;
      }
      WaitWatch watch = new WaitWatch(terms);
      String how = "interrupted";
      try {
        Outcome outcome = await(watch);
        how = outcome.getClass().getSimpleName();
        return outcome;
      } finally {
        watch.end(this::holder, how);
      }
    }

    private Outcome await(WaitWatch watch) throws InterruptedException {
      Pauses pauses = new Pauses();
      while (true) {
        long waited = nanoTicker.getAsLong() - beganNanos;
        long left = terms.longest().toNanos() - waited;
        if (left <= 0) {
          return new NotInTime();
        }
        watch.look(waited, this::holder);
        LockSupport.parkNanos(this, Math.min(left, pauses.nextNanos()));
        refuseInterrupted();
        Outcome outcome = look();
        if (outcome != null) {
          return outcome;
        }
      }
    }

    private static void refuseInterrupted() throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }

    /** Null while others have all keys, or the disk does not answer and that is waited for. */
    private @Nullable Outcome look() {
      Leases.Look looked = leases.lookNow();
      LeaseTable now = looked.table();
      if (now == null) {
        return looked.isUnanswered()
            ? unanswered(LeaseTable.None.NO_ANSWER.reason())
            : new Impossible(leases.trouble(), false);
      }
      if (!now.equals(table)) { // the first, or somebody replaced the file
        table = now;
        places = new ArrayList<>();
        requests.forEach(request -> places.add(new Place(request, now)));
      }
      for (Place place : places) {
        Lease lease = place.look();
        if (lease != null) {
          return granted(now, lease);
        }
      }
      if (now.isRetired()) {
        return look(); // in the file that has taken its place meanwhile
      }
      if (places.stream().anyMatch(Place::isOccupied)) {
        return null;
      }
      String refusal = places.get(0).refusal();
      return places.stream().anyMatch(Place::isUnanswered)
          ? unanswered(refusal)
          : new Impossible(refusal, true);
    }

    private @Nullable Outcome unanswered(String reason) {
      return waitsForAnswer ? null : new Impossible(reason, true);
    }

    private @Nullable Outcome granted(LeaseTable in, Lease lease) {
      Granted granted = new Granted(leases, in, lease, in.nextToken(nowMicros()));
      if (granted.isHeld()) {
        return granted;
      }
      granted.close(); // somebody replaced the file meanwhile
      return look();
    }

    private long nowMicros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private Holder holder() {
      return places.stream()
          .filter(Place::isOccupied)
          .findFirst()
          .map(Place::holder)
          .orElseGet(() -> Holder.NOBODY);
    }
  }

  /** One of the keys. */
  private final class Place {
    private final LeaseRequest request;
    private final LeaseTable table;
    private final Patient patient;
    private boolean occupied;
    private LeaseTable.None refusal = new LeaseTable.None("");

    Place(LeaseRequest request, LeaseTable table) {
      this.request = request;
      this.table = table;
      this.patient = new Patient(request, nanoTicker, table);
    }

    /** Null if another has it, or all its slots are others'. */
    @Nullable
    Lease look() {
      if (occupied && patient.look() != Patient.Seen.OVER) {
        return null;
      }
      LeaseTable.Taking taking = leases.take(table, request, null);
      occupied = false;
      if (taking instanceof LeaseTable.Taken taken) {
        return taken.lease();
      }
      if (taking instanceof LeaseTable.Occupied other) {
        patient.turnTo(other);
        occupied = true;
      } else if (taking instanceof LeaseTable.None none) {
        refusal = none;
      }
      return null;
    }

    /** Why nobody can have it, if so. */
    String refusal() {
      return refusal.reason();
    }

    boolean isUnanswered() {
      return refusal.equals(LeaseTable.None.NO_ANSWER);
    }

    boolean isOccupied() {
      return occupied;
    }

    Holder holder() {
      return patient.holder();
    }
  }
}
