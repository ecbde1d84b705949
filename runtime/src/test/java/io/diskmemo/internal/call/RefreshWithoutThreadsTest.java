package io.diskmemo.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.KindStores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that come later and are near their end, where there is no thread to compute them anew. */
class RefreshWithoutThreadsTest {
  private static final Duration TTL = Duration.ofDays(1);
  private static final Arguments ARGUMENTS = key -> key.writeString("a");

  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicBoolean thereAreThreads = new AtomicBoolean();
  private final AtomicInteger computations = new AtomicInteger();
  private final DiskThreads threads = new DiskThreads("test", 1, this::thread);
  private final Refreshes refreshes = new Refreshes(Thread::new, nanos::get);
  private KindStore store;
  private Leases leases;
  private KindParts kind;
  private CachedMethod<String> method;

  private Thread thread(Runnable work) {
    return thereAreThreads.get() ? new Thread(work) : new Unstartable();
  }

  private static final class Unstartable extends Thread {
    @Override
    public synchronized void start() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }

  /** Each result costs a second, and chance always wants to refresh it. */
  @BeforeEach
  void open() {
    store = KindStores.open(directory, "default", 1 << 20, clock);
    leases = Leases.of(StoreDirectory.openOrCreate(directory), clock);
    AtomicLong costNanos = new AtomicLong();
    kind = new KindPartsOf(
            store,
            leases,
            clock,
            new Batches(1 << 20),
            threads,
            new Freshness(1, Duration.ZERO, Duration.ZERO, clock, () -> 0),
            refreshes,
            () -> costNanos.addAndGet(Duration.ofSeconds(1).toNanos()))
        .ending(Optional.of(TTL));
    method = new CachedMethod<>(
        MethodSpec.<String>method("io.test.Sample", "m", "java.lang.String")
            .returns("java.lang.String")
            .kind("default")
            .fingerprint("f1")
            .sharedResult(new Codecs.Text())
            .argumentsAreValues()
            .build(),
        kind);
  }

  @AfterEach
  void close() {
    refreshes.end();
    threads.end();
    leases.close();
    store.close();
  }

  private CompletableFuture<String> call() {
    return method.callAsync(
        ARGUMENTS, () -> CompletableFuture.completedFuture("r" + computations.incrementAndGet()));
  }

  /** A caller who had his result already did it, in his own thread. */
  @Test
  void refreshIsDroppedAndMadeOnceThereIsAThread() throws Exception {
    assertThat(Threads.result(call())).isEqualTo("r1"); // somebody waits for it, and does it here

    assertThat(call()).isCompletedWithValue("r1");
    assertThat(kind.counters().of(Event.REFRESH_DROPPED)).isEqualTo(1);
    assertThat(computations).hasValue(1);

    thereAreThreads.set(true);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(call()).isCompletedWithValue("r1");
    Threads.until(() -> kind.counters().of(Event.REFRESH) == 1);
    assertThat(computations).hasValue(2);
    assertThat(kind.counters().of(Event.REFRESH_DROPPED)).isEqualTo(1);
  }
}
