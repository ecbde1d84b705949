package io.diskmemo.benchmarks.store;

import io.diskmemo.internal.disk.Coherence;
import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.StoreLimits;
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

/**
 * What is there for other processes: of a hit in memory the look at a counter, of a cold miss a lease
 * that is taken and given back.
 */
final class ForOthers implements AutoCloseable, Leases.Work<Boolean> {
  private static final WaitTerms TERMS =
      new WaitTerms("bench", "m", Duration.ofSeconds(60), WaitObserver.NONE);

  private static final StoreLimits LIMITS = new StoreLimits(
      1 << 20, 10, CullOrder.STORED, 1 << 16, true, Duration.ofSeconds(1), false, "WAL", 0, 0);

  private final Leases leases;
  private final KindStore store;
  private final Coherence coherence;

  ForOthers(Path directory) {
    StoreDirectory opened = StoreDirectory.openOrCreate(directory);
    leases = Leases.of(opened, Clock.systemUTC());
    store = KindStore.open(opened, "check", LIMITS, 1, Clock.systemUTC(), Runnable::run);
    coherence = store.coherence(Key.of(new byte[Key.LENGTH]));
  }

  /** The counter that a hit in memory compares with its stamp. */
  long check() {
    return coherence.started();
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
    store.close();
    leases.close();
  }
}
