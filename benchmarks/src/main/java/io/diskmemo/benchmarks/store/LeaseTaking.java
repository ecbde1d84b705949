package io.diskmemo.benchmarks.store;

import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.Flights;
import io.diskmemo.internal.flight.LeaseRequest;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.WaitObserver;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.key.Key;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The part of a cold miss that is there for other processes: a lease is taken and given back. */
final class LeaseTaking implements AutoCloseable, Leases.Work<Boolean> {
  private static final WaitTerms TERMS =
      new WaitTerms("bench", "m", Duration.ofSeconds(60), WaitObserver.NONE);

  private final Leases leases;

  LeaseTaking(Path directory) {
    leases = Leases.of(StoreDirectory.openOrCreate(directory), Clock.systemUTC());
  }

  /** Takes a key's lease, and gives it back. */
  boolean take(int number) throws Throwable {
    byte[] digest = ByteBuffer.allocate(Key.LENGTH)
        .putInt(0, number * 0x9E37_79B9)
        .putInt(Integer.BYTES, number)
        .array();
    return leases.once(new LeaseRequest(Key.of(digest), Duration.ofSeconds(5), TERMS), this);
  }

  @Override
  public long changes() {
    return 0;
  }

  @Override
  public Optional<Boolean> look(boolean first) {
    return Optional.empty();
  }

  @Override
  public Boolean compute(Right right) {
    return right.isHeld();
  }

  @Override
  public Boolean withoutLease(Flights.WhyAlone reason) {
    throw new IllegalStateException("nobody else is here: " + reason);
  }

  @Override
  public void close() {
    leases.close();
  }
}
