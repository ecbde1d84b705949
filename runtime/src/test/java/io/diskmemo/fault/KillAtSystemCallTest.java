package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills, and errors, at the n-th system call of a kind on one of the store's files. */
class KillAtSystemCallTest {
  private static final boolean LONG = Boolean.getBoolean("diskmemo.every.call");
  private static final int STEPS = 24;

  /** The JVM makes them on other files too; the others it makes for the store only, or nearly so. */
  private static final Set<String> ON_KNOWN_FILES =
      Set.of("openat", "pwrite64", "ftruncate", "fcntl");

  @TempDir
  private Path directory;

  @BeforeEach
  void requireStrace() {
    assumeTrue(
        Commands.exists("strace") && Commands.succeeds("strace", "-o", "/dev/null", "true"),
        "strace is missing or may not trace; apt-get install strace, and allow ptrace");
  }

  @Test
  void aStoreSurvivesAKillAtAnySystemCall() {
    List<String> kills = new ArrayList<>();
    for (String call : LONG
        ? List.of(
            "openat",
            "pwrite64",
            "write",
            "fdatasync",
            "fsync",
            "rename",
            "link",
            "unlink",
            "ftruncate",
            "mkdir",
            "fcntl")
        : List.of("openat", "pwrite64", "rename", "fcntl")) {
      long killed = moments().takeWhile(moment -> isKilledAt(call, moment)).count();
      kills.add(call + "=" + killed);
    }
    System.out.println("kills at system calls: " + kills);
    assertThat(kills).noneMatch(kill -> kill.endsWith("=0")); // or else it hits nothing
  }

  private static IntStream moments() {
    return LONG
        ? IntStream.iterate(1, moment -> moment < 12 ? moment + 1 : moment * 5 / 4)
        : IntStream.of(1, 7);
  }

  private boolean isKilledAt(String call, int moment) {
    Path store = directory.resolve(call + "-" + moment);
    Acknowledged acknowledged = new Acknowledged();
    boolean killed;
    try (ChildJvm victim = victim(store, call, "signal=KILL:when=" + moment)) {
      List<String> lines = victim.remainingLines();
      killed = victim.exitStatus() != 0;
      assertThat(killed || lines.contains("closed")).as(victim.complaints()).isTrue();
      acknowledged.hear(lines);
    }
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(store))) {
      acknowledged.verify(memo);
    }
    return killed;
  }

  private static ChildJvm victim(Path store, String call, String injection) {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null"));
    if (ON_KNOWN_FILES.contains(call)) {
      files(store).forEach(file -> command.addAll(List.of("-P", file.toString())));
    }
    command.addAll(List.of("-e", "trace=" + call, "-e", "inject=" + call + ":" + injection));
    return ChildJvm.startUnder(command, KillVictim.class, store, "life", STEPS);
  }

  private static List<Path> files(Path store) {
    List<Path> files = new ArrayList<>();
    files.add(store);
    for (String name : List.of(".gitignore", "CACHEDIR.TAG", "kinds", "format")) {
      files.add(store.resolve(name));
    }
    for (String kind : List.of("kept", "churn")) {
      Path folder = store.resolve("kinds").resolve(kind);
      files.add(folder);
      for (String name : List.of(
          "current",
          "coordination",
          "cache-2-1.db",
          "cache-2-1.db-wal",
          "cache-2-1.db-shm",
          "cache-2-1.db-journal")) {
        files.add(folder.resolve(name));
      }
    }
    return files;
  }
}
