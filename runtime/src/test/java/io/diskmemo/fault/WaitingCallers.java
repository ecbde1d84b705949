package io.diskmemo.fault;

import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.Lease;
import io.diskmemo.internal.flight.LeaseRequest;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.testkit.ColdKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that are there, and at a word all call asynchronously for the same key, whose lease is
 * another's; then it prints how many have their answer. Argument: directory.
 */
final class WaitingCallers {
  static final int CALLERS = 8;

  private WaitingCallers() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    LeaseRequest request = ColdKey.request();
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    try (Leases leases =
            Leases.of(StoreDirectory.openOrCreate(Path.of(arguments[0])), InstantSource.system());
        Lease occupied = leases.tryTakeForAll(request).orElseThrow()) {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(new Thread(() -> {
          await(go);
          CompletableFuture<String> answer =
              leases.onceAsync(request, new ColdKey(), Runnable::run);
          answered.addAndGet(answer.isDone() ? 1 : 0);
        }));
      }
      callers.forEach(Thread::start);
      System.out.println("open");
      System.in.read();
      go.countDown();
      for (Thread caller : callers) {
        caller.join();
      }
      System.out.println(answered + " answered, " + (occupied.isHeld() ? "held" : "not held"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
