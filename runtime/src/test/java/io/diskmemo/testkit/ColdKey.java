package io.diskmemo.testkit;

import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.LeaseRequest;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A key that has no entry, whose answer says how it was come by. Thread-safe. */
public final class ColdKey implements Leases.AsyncWork<String> {
  private final List<Flights.WhyAlone> alone = new CopyOnWriteArrayList<>();

  /** Its lease, which nobody waits for in vain during a test. */
  public static LeaseRequest request() {
    return new LeaseRequest(
        Key.of(new byte[32]),
        Duration.ofHours(1),
        new WaitTerms("k", "m", Duration.ofDays(1), WaitObserver.NONE));
  }

  /** Why it was computed without a lease, each time. */
  public List<Flights.WhyAlone> alone() {
    return alone;
  }

  @Override
  public long changes() {
    return 0;
  }

  @Override
  public Optional<String> look(boolean first) {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<String> compute(Right right) {
    return CompletableFuture.completedFuture("computed");
  }

  @Override
  public CompletableFuture<String> withoutLease(Flights.WhyAlone reason) {
    alone.add(reason);
    return CompletableFuture.completedFuture("alone");
  }
}
