package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.Stats;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process is stopped, or writes all the time, while it holds the database's write lock. */
class StoppedWriterTest {
  @TempDir
  private Path directory;

  private DiskMemo memo;
  private KindCache kind;
  private MemoizedText text;

  @BeforeEach
  void open() {
    try (DiskMemo patient = DiskMemo.open(settings(Duration.ofSeconds(20)))) {
      new MemoizedText(patient, "texts").text("t/known", () -> "known");
      patient.kind("texts").put("key", "value");
    }
    memo = DiskMemo.open(settings());
    kind = memo.kind("texts");
    text = new MemoizedText(memo, "texts");
  }

  private Settings settings() {
    return settings(Duration.ofMillis(100));
  }

  private Settings settings(Duration timeout) {
    Profile profile = Profile.builder().timeout(timeout).build();
    return Settings.builder().directory(directory).kind("texts", profile).build();
  }

  @AfterEach
  void close() {
    memo.close();
  }

  private ChildJvm holder(Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = directory.resolve("kinds/texts/cache-2-1.db");
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ChildJvm.start(LockHolder.class, all).awaitLine("holding");
  }

  @Test
  void callsGoOnWhileAStoppedProcessHoldsTheWriteLock() {
    try (ChildJvm holder = holder()) {
      holder.signal("STOP");
      Stats before = kind.stats();
      assertThat(text.known("t/known")).isEqualTo("known");
      assertThat(text.text("t/new", () -> "new")).isEqualTo("new");
      assertThat(kind.get("key", String.class)).contains("value");
      assertThatThrownBy(() -> kind.put("key", "other"))
          .isInstanceOfSatisfying(
              DiskMemoException.class, e -> assertThat(e.isTransient()).isTrue());
      assertThatThrownBy(() -> memo.evictTag("t")).isInstanceOf(DiskMemoException.class);
      assertThat(kind.stats().stores()).isEqualTo(before.stores());
      assertThat(kind.stats().refusedUnavailable()).isEqualTo(1);
      assertThat(kind.stats().missesUnavailable()).isZero();

      holder.signal("CONT");
      assertThat(holder.ask("release")).isEqualTo("released");
    }
    requireAllIsWell();
  }

  @Test
  void aKilledHolderOfTheWriteLockIsNoHindrance() {
    try (ChildJvm holder = holder()) {
      holder.signal("STOP");
      assertThat(text.text("t/new", () -> "new")).isEqualTo("new");
      holder.kill();
    }
    requireAllIsWell();
  }

  @Test
  void aKindIsOpenedWhileAStoppedProcessHoldsTheWriteLock() {
    try (ChildJvm holder = holder()) {
      holder.signal("STOP");
      try (DiskMemo other = DiskMemo.open(settings())) {
        assertThat(new MemoizedText(other, "texts").known("t/known")).isEqualTo("known");
        assertThat(other.kind("texts").get("key", String.class)).contains("value");
      }
    }
    requireAllIsWell();
  }

  @Test
  void callsGoOnInAStormOfForeignTransactions() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();
    try (ChildJvm holder = holder("again and again")) {
      Thread[] threads = new Thread[4];
      for (int i = 0; i < threads.length; i++) {
        int number = i;
        threads[i] = new Thread(
            () -> {
              for (int call = 0; call < 20; call++) {
                String name = "t/" + number % 2 + "-" + call;
                wrong.addAndGet(text.text(name, () -> name).equals(name) ? 0 : 1);
              }
            },
            "storm-" + i);
        threads[i].setUncaughtExceptionHandler((thread, e) -> wrong.incrementAndGet());
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      holder.tell("enough");
    }
    assertThat(wrong).hasValue(0);
    requireAllIsWell();
  }

  /** The store works again, for this process and the next. */
  private void requireAllIsWell() {
    text.text("t/after", () -> "after");
    Patience.until("it is stored", () -> isStored("t/after"));
    assertThat(kind.put("key", "replaced")).isTrue();
    assertThat(memo.evictTag("t")).isPositive();
    try (DiskMemo other = DiskMemo.open(settings())) {
      assertThat(other.kind("texts").get("key", String.class)).contains("replaced");
      assertThat(other.kind("texts").check().problems()).isEmpty();
    }
  }

  private boolean isStored(String name) {
    try (DiskMemo other = DiskMemo.open(settings())) {
      new MemoizedText(other, "texts").known(name);
      return true;
    } catch (MemoizedText.NotKnown e) {
      text.text(name, () -> "after");
      return false;
    }
  }
}
