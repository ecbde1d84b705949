package io.diskmemo.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Settings;
import io.diskmemo.WaitListener.Wait;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waits that somebody wants to see. */
class LongWaitTest {
  @TempDir
  Path directory;

  private final LinkedBlockingQueue<Wait> waits = new LinkedBlockingQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  private DiskMemo open() {
    return DiskMemo.open(Settings.builder()
        .directory(directory.resolve("store"))
        .waitListener(wait -> {
          waits.add(wait);
          throw new IllegalStateException("of a listener");
        })
        .build());
  }

  private TestMethod<String> blocked(DiskMemo memo) {
    return TestMethod.text("slow")
        .body(argument -> {
          begun.countDown();
          go.await();
          return "x";
        })
        .in(memo);
  }

  @Test
  void listenerLearnsWhoIsWaitedForAndCannotHarmTheCall() throws Exception {
    try (DiskMemo memo = open();
        Threads threads = new Threads()) {
      TestMethod<String> method = blocked(memo);
      Future<String> computing = threads.begin(() -> method.call("a"));
      begun.await();
      Future<String> waiting = threads.begin(() -> method.call("a"));
      Wait first = waits.poll(Threads.LIMIT.toSeconds(), TimeUnit.SECONDS);
      go.countDown();

      assertThat(Threads.result(waiting)).isEqualTo("x");
      assertThat(Threads.result(computing)).isEqualTo("x");
      assertThat(first.kind()).isEqualTo("default");
      assertThat(first.method()).contains("slow");
      assertThat(first.holderProcess()).isEqualTo(ProcessHandle.current().pid());
      assertThat(first.waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void anErrorOfAListenerDoesNotReachTheCallerEither() throws Exception {
    AtomicInteger told = new AtomicInteger();
    try (DiskMemo memo = DiskMemo.open(Settings.builder()
            .directory(directory.resolve("store"))
            .waitListener(wait -> endless(told.incrementAndGet()))
            .build());
        Threads threads = new Threads()) {
      TestMethod<String> method = blocked(memo);
      Future<String> computing = threads.begin(() -> method.call("a"));
      begun.await();
      Future<String> waiting = threads.begin(() -> method.call("a"));
      Threads.until(() -> told.get() > 0);
      go.countDown();

      assertThat(Threads.result(waiting)).isEqualTo("x");
      assertThat(Threads.result(computing)).isEqualTo("x");
    }
  }

  @SuppressWarnings("InfiniteRecursion") // which is the error
  private static int endless(int depth) {
    return 1 + endless(depth + 1);
  }

  /** Two openings of one directory have leases in common, and flights of their own. */
  @Test
  void waitForALeaseIsSeenToo() throws Exception {
    try (DiskMemo one = open();
        DiskMemo two = open();
        Threads threads = new Threads()) {
      TestMethod<String> holder = blocked(one);
      TestMethod<String> other = TestMethod.text("slow").in(two);
      Future<String> computing = threads.begin(() -> holder.call("a"));
      begun.await();
      Future<String> waiting = threads.begin(() -> other.call("a"));
      Wait first = waits.poll(Threads.LIMIT.toSeconds(), TimeUnit.SECONDS);
      go.countDown();

      assertThat(Threads.result(waiting)).isEqualTo("x");
      assertThat(Threads.result(computing)).isEqualTo("x");
      assertThat(other.computations()).isZero();
      assertThat(first.holderProcess()).isEqualTo(ProcessHandle.current().pid());
    }
  }

  @Test
  void flightRecorderHasTheWait() throws Exception {
    Path file = directory.resolve("waits.jfr");
    try (Recording recording = new Recording();
        DiskMemo memo = open();
        Threads threads = new Threads()) {
      recording.enable("io.diskmemo.Wait").withThreshold(Duration.ZERO);
      recording.start();
      TestMethod<String> method = blocked(memo);
      Future<String> computing = threads.begin(() -> method.call("a"));
      begun.await();
      Thread[] waiter = new Thread[1];
      Future<String> waiting = threads.begin(() -> {
        waiter[0] = Thread.currentThread();
        return method.call("a");
      });
      Threads.until(() -> waiter[0] != null && waiter[0].getState() == Thread.State.TIMED_WAITING);
      go.countDown();
      assertThat(Threads.result(waiting)).isEqualTo("x");
      assertThat(Threads.result(computing)).isEqualTo("x");
      recording.stop();
      recording.dump(file);
    }
    assertThat(waitsIn(file)).anySatisfy(event -> {
      assertThat(event.getString("kind")).isEqualTo("default");
      assertThat(event.getString("method")).contains("slow");
      assertThat(event.getLong("holderProcess"))
          .isEqualTo(ProcessHandle.current().pid());
    });
  }

  private static List<RecordedEvent> waitsIn(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("io.diskmemo.Wait"))
        .toList();
  }
}
