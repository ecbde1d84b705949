package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumsTest {
  @TempDir
  private Path directory;

  private final Threads threads = new Threads();
  private Writer writer;
  private Readers readers;
  private ValueFiles valueFiles;
  private StoreCheck check;

  @BeforeEach
  void open() throws Exception {
    StoreDirectory store = StoreDirectory.openOrCreate(directory);
    NativeLibrary.load(store.nativeLibraries());
    KindFiles files = store.createKind("default", 1).get(0);
    StoreLimits limits = TestLimits.ample().limits();
    TestClock clock = new TestClock();
    Database database = new Database(files::database, limits);
    valueFiles = new ValueFiles(files.directory());
    writer = Writer.open(
        files,
        database,
        limits,
        valueFiles,
        new MethodsInUse(clock),
        new WriteQueue(limits.timeout()));
    readers = new Readers(database, writer.coherence()::generation, limits.timeout(), 2);
    check = new StoreCheck(
        writer, readers, valueFiles, new Quarantine(files.directory(), clock), database);
  }

  @AfterEach
  void close() {
    threads.close();
    readers.close();
    writer.close();
    valueFiles.close();
  }

  private Future<CheckResult> repairThatWaitsForItsTurn() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<CheckResult> begun = threads.begin(() -> {
      thread.set(Thread.currentThread());
      return check.run(true, Pace.TO_THE_END);
    });
    Patience.until(
        "it has read the sums, and waits",
        () -> thread.get() != null && thread.get().getState() == Thread.State.TIMED_WAITING);
    return begun;
  }

  /** Both added what was missing, so that as much was too much. */
  @Test
  void twoRepairsAtOnceMendThemOnce() throws Exception {
    writer.write("falsify", transaction -> {
      transaction.state.mend(5, 500, 0);
      return true;
    });
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<Boolean> turn = threads.begin(() -> writer.alone("hold", statements -> {
      begun.countDown();
      Patience.until("it is to end", () -> end.getCount() == 0);
      return true;
    }));
    begun.await();
    List<Future<CheckResult>> repairs = new ArrayList<>();
    repairs.add(repairThatWaitsForItsTurn());
    repairs.add(repairThatWaitsForItsTurn());
    end.countDown();
    assertThat(Threads.result(turn)).isTrue();
    assertThat(Threads.results(repairs)).anyMatch(CheckResult::repaired);

    assertThat(check.run(false, Pace.TO_THE_END).problems()).isEmpty();
  }
}
