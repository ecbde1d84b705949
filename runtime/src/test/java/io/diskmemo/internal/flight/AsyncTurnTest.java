package io.diskmemo.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.testkit.ColdKey;
import io.diskmemo.testkit.TestClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous calls that wait for another's lease, where the system has no thread for delays. */
class AsyncTurnTest {
  private final List<Runnable> queued = new ArrayList<>();

  /** As a scheduled pool does, which queues before it asks for a thread. */
  private final AsyncTurn.Delays withoutThread = (nanos, executor) -> work -> {
    queued.add(() -> executor.execute(work));
    throw new OutOfMemoryError("unable to create native thread");
  };

  @Test
  void callIsAnsweredOnceByAComputationOfItsOwn(@TempDir Path directory) {
    try (Leases leases =
        Leases.of(StoreDirectory.openOrCreate(directory.resolve("store")), new TestClock())) {
      LeaseRequest request = ColdKey.request();
      ColdKey work = new ColdKey();
      try (Lease occupied = leases.tryTakeForAll(request).orElseThrow()) {
        CompletableFuture<String> answer = new AsyncTurn<>(
                leases, request, work, Runnable::run, System::nanoTime, withoutThread)
            .begin();

        assertThat(answer).isCompletedWithValue("alone");
        assertThat(occupied.isHeld()).isTrue();
        assertThat(queued).hasSize(1);
        queued.forEach(Runnable::run);
      }
      assertThat(work.alone()).containsExactly(Flights.WhyAlone.NO_LEASE);
    }
  }
}
