package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.Right;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous calls that wait for another's lease, where the system has no thread for delays. */
class AsyncTurnTest {
  private final List<Runnable> queued = new ArrayList<>();
  private final List<Flights.WhyAlone> alone = new ArrayList<>();

  /** As a scheduled pool does, which queues before it asks for a thread. */
  private final AsyncTurn.Delays withoutThread = (nanos, executor) -> work -> {
    queued.add(() -> executor.execute(work));
    throw new OutOfMemoryError("unable to create native thread");
  };

  @Test
  void callIsAnsweredOnceByAComputationOfItsOwn(@TempDir Path directory) {
    try (Leases leases =
        Leases.of(StoreDirectory.openOrCreate(directory.resolve("store")), new TestClock())) {
      LeaseRequest request = new LeaseRequest(
          Key.of(new byte[32]),
          Duration.ofHours(1),
          new WaitTerms("k", "m", Duration.ofDays(1), WaitObserver.NONE));
      try (Lease occupied = leases.tryTakeForAll(request).orElseThrow()) {
        CompletableFuture<String> answer = new AsyncTurn<>(
                leases, request, new Work(), Runnable::run, System::nanoTime, withoutThread)
            .begin();

        assertThat(answer).isCompletedWithValue("alone");
        assertThat(occupied.isHeld()).isTrue();
        assertThat(queued).hasSize(1);
        queued.forEach(Runnable::run);
      }
      assertThat(alone).containsExactly(Flights.WhyAlone.NO_LEASE);
    }
  }

  private final class Work implements Leases.AsyncWork<String> {
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
}
