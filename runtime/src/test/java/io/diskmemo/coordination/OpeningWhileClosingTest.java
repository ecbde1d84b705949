package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that one thread opens while another closes it. */
class OpeningWhileClosingTest {
  @TempDir
  Path directory;

  private final Threads threads = new Threads();
  private final CountDownLatch slow = new CountDownLatch(1);

  @AfterEach
  void close() {
    slow.countDown();
    threads.close();
  }

  /** Files are closed under the monitor of the leases, so that holding it makes the closing slow. */
  @Test
  void lockThatIsTakenMeanwhileIsSeenByOtherProcesses() throws Exception {
    Path store = directory.resolve("store");
    Leases closing = Leases.of(StoreDirectory.openOrCreate(store), InstantSource.system());
    try (DiskMemo memo = Stores.open(store)) {
      memo.lock("other").lock().close();
    }
    CountDownLatch isSlow = new CountDownLatch(1);
    Future<?> holding = threads.begin(() -> {
      synchronized (closing) {
        isSlow.countDown();
        slow.await();
      }
      return true;
    });
    isSlow.await();
    LinkedBlockingQueue<Thread> working = new LinkedBlockingQueue<>();
    Future<Boolean> closed = threads.begin(() -> {
      working.add(Thread.currentThread());
      closing.close();
      return true;
    });
    Thread closer = working.take();
    Threads.until(() -> closer.getState() == Thread.State.BLOCKED);
    Future<DiskMemo> opened = threads.begin(() -> {
      working.add(Thread.currentThread());
      DiskMemo memo = Stores.open(store);
      memo.lock("l").lock();
      return memo;
    });
    Thread opener = working.take();
    Threads.until(() -> opened.isDone() || opener.getState() == Thread.State.BLOCKED);
    slow.countDown();

    assertThat(Threads.result(holding)).isEqualTo(true);
    assertThat(Threads.result(closed)).isTrue();
    try (DiskMemo memo = Threads.result(opened);
        ChildJvm other =
            ChildJvm.start(Participant.class, store, directory.resolve("log"), 60_000, clock())) {
      assertThat(other.awaitLine("ready").ask("trylock")).isEqualTo("none");
      assertThat(memo.lock("m").lock().isHeld()).isTrue();
    }
  }

  private Path clock() throws Exception {
    return Files.writeString(directory.resolve("clock"), "1900000000000");
  }
}
