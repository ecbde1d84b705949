package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.multiprocess.MemoizedText;
import io.diskmemo.multiprocess.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls on the store's files that take seconds. Times are asked for only to tell a call that
 * waits for the disk from one that does not: the former takes {@value #HANG_SECONDS} s.
 */
class HangingDiskTest {
  private static final int CONNECTIONS = 4;
  private static final int HANG_SECONDS = 6;
  private static final long NOT_WAITED_MILLIS = 2_500;

  @TempDir
  private Path directory;

  private static void requireStrace() {
    assumeTrue(
        Commands.exists("strace") && Commands.succeeds("strace", "-o", "/dev/null", "true"),
        "strace is missing or may not trace; apt-get install strace, and allow ptrace");
  }

  /** From now on. */
  private Process hang(ChildJvm child, String calls) throws IOException {
    return hang(child, calls, "");
  }

  /** From now on, each thread at its first. */
  private Process hangOnce(ChildJvm child, String calls) throws IOException {
    return hang(child, calls, ":when=1");
  }

  private Process hang(ChildJvm child, String calls, String when) throws IOException {
    String kind = directory.resolve("store/kinds/texts").toString();
    Path log = directory.resolve("strace.log");
    Process strace = new ProcessBuilder(
            "strace",
            "-f",
            "-p",
            String.valueOf(child.pid()),
            "-o",
            log.toString(),
            "-P",
            kind + "/cache-2-1.db",
            "-P",
            kind + "/cache-2-1.db-wal",
            "-e",
            "trace=" + calls,
            "-e",
            "inject=" + calls + ":delay_enter=" + HANG_SECONDS + "s" + when)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("strace.out").toFile())
        .start();
    Patience.until("strace is attached", () -> isTraced(child.pid()));
    return strace;
  }

  private static boolean isTraced(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
          .noneMatch(line -> line.matches("TracerPid:\\s*0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildJvm start() {
    return ChildJvm.start(HangCaller.class, directory.resolve("store"), "t/known")
        .awaitLine("open");
  }

  @Test
  void noCallerWaitsForWritesThatDoNotEnd() throws Exception {
    requireStrace();
    try (ChildJvm child = start()) {
      child.ask("calls warm");
      Process strace = hang(child, "pwrite64");
      try {
        assertThat(Long.parseLong(child.ask("calls hang"))).isLessThan(NOT_WAITED_MILLIS);
        Patience.until("it is known", () -> child.ask("state").equals("DEGRADED"));
        assertThat(Long.parseLong(child.ask("calls later"))).isLessThan(NOT_WAITED_MILLIS);
        assertThat(Long.parseLong(child.ask("read t/known"))).isLessThan(NOT_WAITED_MILLIS);
      } finally {
        strace.destroy();
        strace.waitFor();
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
    requireStrace();
    try (ChildJvm child = start()) {
      child.ask("fill");
    }
    try (ChildJvm child = start()) {
      Process strace = hangOnce(child, "pread64");
      try {
        int held = Integer.parseInt(child.ask("reads " + NOT_WAITED_MILLIS));
        assertThat(held).isBetween(1, CONNECTIONS);
      } finally {
        strace.destroy();
        strace.waitFor();
      }
      Patience.until("it reads again", () -> child.ask("state").equals("HEALTHY"));
      assertThat(child.ask("reads " + NOT_WAITED_MILLIS)).isEqualTo("0");
    }
  }

  @Test
  void aFrozenFileSystemHoldsOnlyThoseThatHaveAConnection() throws Exception {
    assumeTrue(
        Commands.isRoot()
            && Commands.exists("losetup")
            && Commands.exists("mkfs.ext4")
            && Commands.exists("fsfreeze"),
        "freezing a file system needs root, mkfs.ext4 and fsfreeze (util-linux)");
    Path image = directory.resolve("image");
    Path place = Files.createDirectory(directory.resolve("place"));
    Commands.run("truncate", "-s", "64M", image.toString());
    Commands.run("mkfs.ext4", "-q", image.toString());
    assumeTrue(
        Commands.succeeds("mount", "-o", "loop", image.toString(), place.toString()),
        "this root may not mount an image");
    try {
      requireFewHeld(place);
    } finally {
      Commands.succeeds("fsfreeze", "-u", place.toString());
      Commands.succeeds("umount", "-l", place.toString());
    }
  }

  private static void requireFewHeld(Path place) {
    Path store = place.resolve("store");
    try (ChildJvm child = ChildJvm.start(HangCaller.class, store, "t/known").awaitLine("open")) {
      child.ask("fill");
      assertThat(child.ask("reads " + NOT_WAITED_MILLIS)).isEqualTo("0");
      Commands.run("fsfreeze", "-f", place.toString());
      child.tell("reads " + NOT_WAITED_MILLIS);
      Patience.moment(Duration.ofSeconds(HANG_SECONDS));
      Commands.run("fsfreeze", "-u", place.toString());
      assertThat(Integer.parseInt(child.line())).isLessThanOrEqualTo(CONNECTIONS);
      Patience.until("it stores again", () -> child.ask("state").equals("HEALTHY"));
      Patience.until("all is stored", () -> child.ask("computed after").equals("0"));
    }
    try (DiskMemo memo = DiskMemo.open(HangCaller.settings(store))) {
      assertThat(new MemoizedText(memo, "texts").known("after/9")).hasSize(3_000);
    }
  }
}
