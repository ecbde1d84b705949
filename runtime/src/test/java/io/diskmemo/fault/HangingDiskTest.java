package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System calls on the store's files that do not end before the test ends them. */
class HangingDiskTest {
  private static final int CONNECTIONS = 4;

  /** Longer than anything that the test waits for. */
  private static final Duration HANG = Threads.LIMIT.multipliedBy(5);

  @TempDir
  private Path directory;

  /** From now on. */
  private Process hang(ChildJvm child, String calls) throws IOException {
    return hang(child, calls, "");
  }

  /** From now on, each thread at its first. */
  private Process hangOnce(ChildJvm child, String calls) throws IOException {
    return hang(child, calls, ":when=1");
  }

  private Process hang(ChildJvm child, String calls, String when) throws IOException {
    Path kind = directory.resolve("store/kinds/texts");
    Strace strace = Strace.of(calls)
        .into(directory.resolve("strace.log"))
        .on(kind.resolve("cache-2-1.db"), kind.resolve("cache-2-1.db-wal"))
        .injecting("delay_enter=" + HANG.toSeconds() + "s" + when);
    return strace.attach(child, directory.resolve("strace.out"));
  }

  private static void end(Process hang) throws InterruptedException {
    hang.destroy();
    hang.waitFor();
  }

  private ChildJvm start() {
    return ChildJvm.start(HangCaller.class, directory.resolve("store"), "t/known")
        .awaitLine("open");
  }

  /** Those that are in the kernel and cannot be interrupted. */
  private static long callersThatWaitForDisk(ChildJvm child) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(child.pid()), "task"))) {
      return threads
          .filter(thread -> stat(thread).matches("\\d+ \\(caller-\\d+\\) D .*\\s*"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (IOException e) {
      return "it has ended since";
    }
  }

  private static int inside(ChildJvm child) {
    return Integer.parseInt(child.ask("inside"));
  }

  @Test
  void noCallerWaitsForWritesThatDoNotEnd() throws Exception {
    Strace.requireAttaching();
    try (ChildJvm child = start()) {
      child.ask("calls warm");
      Process hang = hang(child, "pwrite64");
      try {
        child.ask("calls hang");
        Patience.until("it is known", () -> child.ask("state").equals("DEGRADED"));
        child.ask("calls later");
        child.ask("read t/known");
        assertThat(hang.isAlive()).isTrue();
      } finally {
        end(hang);
      }
      Patience.until("it stores again", () -> child.ask("state").equals("HEALTHY"));
      Patience.until("all is stored", () -> child.ask("computed after").equals("0"));
    }
    try (DiskMemo memo = DiskMemo.open(HangCaller.settings(directory.resolve("store")))) {
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.known("after/9")).hasSize(3_000);
      assertThat(memo.kind("texts").check().problems()).isEmpty();
    }
  }

  @Test
  void ofReadsThatDoNotEndOnlyThoseAreHeldThatHaveAConnection() throws Exception {
    Strace.requireAttaching();
    try (ChildJvm child = start()) {
      child.ask("fill");
    }
    try (ChildJvm child = start()) {
      Process hang = hangOnce(child, "pread64");
      try {
        child.ask("reads");
        Patience.until("the others have returned", () -> inside(child) <= CONNECTIONS);
        assertThat(inside(child)).isPositive();
        assertThat(hang.isAlive()).isTrue();
      } finally {
        end(hang);
      }
      Patience.until("all have returned", () -> inside(child) == 0);
      Patience.until("it reads again", () -> child.ask("state").equals("HEALTHY"));
      child.ask("reads");
      Patience.until("all return", () -> inside(child) == 0);
    }
  }

  private static void awaitRecovery(ChildJvm child) {
    Patience.until("all have returned", () -> inside(child) == 0);
    Patience.until("it stores again", () -> child.ask("state").equals("HEALTHY"));
    Patience.until("all is stored", () -> child.ask("computed after").equals("0"));
  }

  @Test
  void aFrozenFileSystemHoldsOnlyThoseThatHaveAConnection() throws Exception {
    try (LoopDisk disk = LoopDisk.mount(directory)) {
      Path store = disk.place().resolve("store");
      try (ChildJvm child = ChildJvm.start(HangCaller.class, store, "t/known").awaitLine("open")) {
        child.ask("fill");
        child.ask("reads");
        Patience.until("all return", () -> inside(child) == 0);
        disk.freeze();
        try {
          child.ask("reads");
          Patience.until("the others have returned", () -> inside(child) <= CONNECTIONS);
        } finally {
          disk.thaw(); // before the child is closed, which cannot end meanwhile
        }
        awaitRecovery(child);
      }
      try (DiskMemo memo = DiskMemo.open(HangCaller.settings(store))) {
        assertThat(new MemoizedText(memo, "texts").known("after/9")).hasSize(3_000);
      }
    }
  }

  /** A thread that waits for the disk in a page fault would keep the JVM from any safepoint. */
  @Test
  void missesAndEvictionsOnAFrozenFileSystemStopNobodyElse() throws Exception {
    try (LoopDisk disk = LoopDisk.mount(directory)) {
      Path store = disk.place().resolve("store");
      try (ChildJvm child = ChildJvm.start(HangCaller.class, store, "t/known").awaitLine("open")) {
        child.ask("misses before");
        child.ask("evict");
        Patience.until("all return", () -> inside(child) == 0);
        disk.freeze(); // which also writes all mapped pages back
        try {
          child.ask("evict");
          Patience.until("it waits for the disk", () -> callersThatWaitForDisk(child) == 1);
          child.ask("collect");
          child.ask("misses frozen");
          Patience.until("the others have returned", () -> inside(child) <= CONNECTIONS + 2);
          child.ask("collect");
          child.ask("calls later");
        } finally {
          disk.thaw(); // before the child is closed, which cannot end meanwhile
        }
        awaitRecovery(child);
      }
    }
  }
}
