package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.MemoizedText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process dies after its commit and before it says so: the counters stay apart. */
class DeadWriterTest {
  @TempDir
  private Path directory;

  @Test
  void aGapThatADeadProcessLeftIsClosedByReadersOfTheNext() {
    try (DiskMemo memo = open()) {
      memo.kind("kept").put("key", "value");
    }
    CoordinationFile counters = new CoordinationFile(directory, "kept");
    counters.takeTicket();
    assertThat(counters.hasGap()).isTrue();
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("kept");
      for (int i = 0; i < 200; i++) {
        assertThat(kind.get("key", String.class)).contains("value");
      }
    }
    assertThat(counters.hasGap()).isFalse();
  }

  @Test
  void aGapUnderALivingProcessIsClosedByTheNextWriter() {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("kept");
      kind.put("key", "value");
      assertThat(kind.get("key", String.class)).contains("value");
      CoordinationFile counters = new CoordinationFile(directory, "kept");
      counters.takeTicket();
      assertThat(kind.get("key", String.class)).contains("value");
      assertThat(counters.hasGap()).isTrue();
      kind.put("other", "value");
      assertThat(counters.hasGap()).isFalse();
      requireMemoryHits(kind);
    }
  }

  @Test
  void aGapUnderALivingProcessIsClosedByReadersWhenNobodyWrites() {
    try (DiskMemo memo = open()) {
      MemoizedText text = new MemoizedText(memo, "kept");
      text.text("t/x", () -> "value");
      KindCache kind = memo.kind("kept");
      kind.put("key", "value");
      CoordinationFile counters = new CoordinationFile(directory, "kept");
      counters.takeTicket();
      for (int i = 0; i < 100; i++) {
        assertThat(text.known("t/x")).isEqualTo("value");
        assertThat(kind.get("key", String.class)).contains("value");
      }
      assertThat(counters.hasGap()).isFalse();
      requireMemoryHits(kind);
    }
  }

  private static void requireMemoryHits(KindCache kind) {
    kind.get("key", String.class);
    long before = kind.stats().memoryHits();
    assertThat(kind.get("key", String.class)).contains("value");
    assertThat(kind.stats().memoryHits()).isEqualTo(before + 1);
  }

  /** A ticket is taken under the write lock: a gap that its living holder may still close stays. */
  @Test
  void readsGoOnBesideAGapWhoseWriterIsAlive() {
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("kept");
      kind.put("key", "value");
      Path database = directory.resolve("kinds/kept/cache-2-1.db");
      try (ChildJvm holder = ChildJvm.start(LockHolder.class, database).awaitLine("holding")) {
        CoordinationFile counters = new CoordinationFile(directory, "kept");
        counters.takeTicket();
        for (int i = 0; i < 200; i++) {
          assertThat(kind.get("key", String.class)).contains("value");
        }
        assertThat(counters.hasGap()).isTrue();
        assertThat(holder.ask("release")).isEqualTo("released");
        for (int i = 0; i < 100; i++) {
          assertThat(kind.get("key", String.class)).contains("value");
        }
        assertThat(counters.hasGap()).isFalse();
      }
    }
  }

  /** Replaces a value until it is killed, at a lock call that follows a commit. */
  @Test
  void aWriterKilledBetweenItsCommitAndItsWordLeavesNoStaleMemory() {
    Strace.require();
    int gaps = 0;
    try (DiskMemo memo = open()) {
      KindCache kind = memo.kind("kept");
      CoordinationFile counters = new CoordinationFile(directory, "kept");
      // Each replacement makes a number of such calls, of which one or two follow a commit.
      int kills = Integer.getInteger("tests.gap.kills", 4);
      for (int moment = 30; moment < 30 + kills || (gaps == 0 && moment < 70); moment++) {
        kind.put("key", "0");
        assertThat(kind.get("key", String.class)).contains("0"); // now in memory
        List<String> acknowledged = killedAtLockCall(moment);
        gaps += counters.hasGap() ? 1 : 0;
        String last = acknowledged.isEmpty() ? "0" : acknowledged.get(acknowledged.size() - 1);
        long found = Long.parseLong(kind.get("key", String.class).orElseThrow());
        assertThat(found).isBetween(Long.parseLong(last), Long.parseLong(last) + 1);
        for (int i = 0; i < 100; i++) {
          assertThat(kind.get("key", String.class)).contains(String.valueOf(found));
        }
        assertThat(counters.hasGap()).isFalse();
      }
    }
    System.out.println("writers that died between commit and word: " + gaps);
    assertThat(gaps).isPositive();
  }

  private List<String> killedAtLockCall(int moment) {
    Strace strace = Strace.of("fcntl")
        .on(directory.resolve("kinds/kept/cache-2-1.db-shm"))
        .injecting("signal=KILL:when=" + moment);
    try (ChildJvm victim = ChildJvm.startUnder(strace.command(), Replacer.class, directory)) {
      return victim.remainingLines();
    }
  }

  private DiskMemo open() {
    return DiskMemo.open(KillVictim.settings(directory));
  }
}
