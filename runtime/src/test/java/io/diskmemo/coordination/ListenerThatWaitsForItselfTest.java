package io.diskmemo.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Held;
import io.diskmemo.Settings;
import io.diskmemo.generated.GateSpec;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wait listener that asks for what its thread waits for is told so, and the wait goes on. */
class ListenerThatWaitsForItselfTest {
  private static final String ITSELF = "it would wait for itself: let another thread ask for it";

  @TempDir
  Path directory;

  private final Threads threads = new Threads();
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private volatile Callable<?> inListener = () -> null;
  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = DiskMemo.open(Settings.builder()
        .directory(directory.resolve("store"))
        .waitListener(wait -> answers.add(answer()))
        .build());
  }

  private String answer() {
    try {
      return "had " + inListener.call();
    } catch (Exception e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  @AfterEach
  void close() {
    threads.close();
    memo.close();
  }

  private void assertToldSo() throws InterruptedException {
    assertThat(answers.poll(Threads.LIMIT.toSeconds(), TimeUnit.SECONDS))
        .startsWith("IllegalStateException ")
        .endsWith(ITSELF);
  }

  @Test
  void inTheLineForALock() throws Exception {
    inListener = () -> memo.lock("l").tryLock(Duration.ofHours(1));
    Future<Held> waiting;
    try (Held held = memo.lock("l").lock()) {
      assertThat(held.isHeld()).isTrue();
      waiting = threads.begin(() -> memo.lock("l").lock());
      assertToldSo();
    }
    assertThat(Threads.result(waiting).isHeld()).isTrue();
  }

  @Test
  void inTheLineForAPermit() throws Exception {
    inListener = () -> memo.semaphore("s", 1).tryAcquire(Duration.ofHours(1));
    Future<Held> waiting;
    try (Held held = memo.semaphore("s", 1).acquire()) {
      assertThat(held.isHeld()).isTrue();
      waiting = threads.begin(() -> memo.semaphore("s", 1).acquire());
      assertToldSo();
    }
    assertThat(Threads.result(waiting).isHeld()).isTrue();
  }

  @Test
  void inTheLineForAThrottle() throws Exception {
    inListener = () -> memo.throttle("t", 1, Duration.ofSeconds(5)).tryAcquire(Duration.ofHours(1));
    memo.throttle("t", 1, Duration.ofSeconds(5)).acquire();
    Future<Boolean> waiting = threads.begin(
        () -> memo.throttle("t", 1, Duration.ofSeconds(5)).tryAcquire(Duration.ofHours(1)));
    assertToldSo();
    assertThat(Threads.result(waiting)).isTrue();
  }

  @Test
  void behindAnotherProcess() throws Exception {
    try (ChildJvm other = participant()) {
      other.tell("lock").line();
      inListener = () -> memo.lock("l").lock();
      Future<Held> waiting = threads.begin(() -> memo.lock("l").lock());
      assertToldSo();
      assertThat(other.ask("unlock")).isEqualTo("done");
      assertThat(Threads.result(waiting).isHeld()).isTrue();
    }
  }

  /** The call in the listener must not come through without the lock. */
  @Test
  void behindAGateOfAnotherProcess() throws Exception {
    try (ChildJvm other = participant()) {
      other.tell("enter").awaitLine("inside");
      inListener = () -> gated("in the listener");
      Future<String> waiting = threads.begin(() -> gated("afterwards"));
      assertToldSo();
      other.tell("leave").awaitLine("outside");
      assertThat(Threads.result(waiting)).isEqualTo("afterwards");
      assertThat(gated("again")).isEqualTo("again");
    }
  }

  private String gated(String text) {
    return memo.gate(GateSpec.builder().oneAtATime("g").build()).call(() -> text);
  }

  private ChildJvm participant() throws Exception {
    Path clock =
        Files.writeString(directory.resolve("clock"), String.valueOf(System.currentTimeMillis()));
    return ChildJvm.start(
            Participant.class, directory.resolve("store"), directory.resolve("log"), 60_000, clock)
        .awaitLine("ready");
  }
}
