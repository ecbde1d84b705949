package io.diskmemo.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreHealth;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault that hangs when it is asked again keeps nobody but the kinds whose keys it has. */
class SlowVaultTest {
  @TempDir
  private Path directory;

  private final CountDownLatch asked = new CountDownLatch(2);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicBoolean there = new AtomicBoolean();

  private static Profile keyed(Supplier<byte[]> vault) {
    return Profile.builder()
        .breakerPause(Duration.ofMillis(20))
        .encryptionKey(vault)
        .build();
  }

  /** Fails at first, and does not answer when it is asked again. */
  private Supplier<byte[]> hanging() {
    AtomicBoolean again = new AtomicBoolean();
    return () -> {
      if (!again.getAndSet(true)) {
        throw new IllegalStateException("sealed");
      }
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new byte[32];
    };
  }

  private byte[] keyIfThere() {
    if (!there.get()) {
      throw new IllegalStateException("sealed");
    }
    return new byte[32];
  }

  private static StoreHealth.State stateOf(DiskMemo memo, String kind) {
    return memo.kind(kind).stats().health().state();
  }

  @Test
  void otherKindsRecoverMeanwhile() throws Exception {
    Settings settings = Settings.builder()
        .directory(directory)
        .kind("first", keyed(hanging()))
        .kind("second", keyed(hanging()))
        .kind("third", keyed(this::keyIfThere))
        .build();
    try (DiskMemo memo = DiskMemo.open(settings)) {
      for (String kind : List.of("first", "second", "third")) {
        assertThat(TestMethod.text("m").kind(kind).in(memo).call("a")).isEqualTo("a!");
      }
      asked.await();
      there.set(true);
      Threads.until(() -> stateOf(memo, "third") == StoreHealth.State.HEALTHY);
      assertThat(stateOf(memo, "first")).isEqualTo(StoreHealth.State.UNHEALTHY);
      assertThat(memo.kind("first").stats().health().reason()).contains("encryptionKey");

      answer.countDown();
      Threads.until(() -> stateOf(memo, "first") == StoreHealth.State.HEALTHY);
      Threads.until(() -> stateOf(memo, "second") == StoreHealth.State.HEALTHY);
    } finally {
      answer.countDown();
    }
  }
}
