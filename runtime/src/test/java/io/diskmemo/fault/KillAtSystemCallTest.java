package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.multiprocess.ChildJvm;
import java.io.IOException;
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
  private static final boolean LONG = Boolean.getBoolean("tests.every.call");
  private static final int STEPS = 24;

  /** The JVM makes them on other files too; the others it makes for the store only, or nearly so. */
  private static final Set<String> ON_KNOWN_FILES =
      Set.of("openat", "pwrite64", "ftruncate", "fcntl");

  @TempDir
  private Path directory;

  @BeforeEach
  void requireStrace() {
    Strace.require();
  }

  @Test
  void aStoreSurvivesAKillAtAnySystemCall() throws IOException {
    List<String> kills = new ArrayList<>();
    for (String call : LONG
        ? List.of(
            "openat",
            "pwrite64",
            "write",
            "fsync",
            "rename",
            "link",
            "unlink",
            "ftruncate",
            "mkdir",
            "fcntl")
        : List.of("openat", "pwrite64", "rename", "unlink", "fcntl")) {
      int killed = 0;
      for (int moment : moments()) {
        if (!isKilledAt(call, moment)) {
          break;
        }
        killed++;
      }
      kills.add(call + "=" + killed);
    }
    System.out.println("kills at system calls: " + kills);
    assertThat(kills).noneMatch(kill -> kill.endsWith("=0")); // or else it hits nothing
  }

  private static Iterable<Integer> moments() {
    return LONG
        ? IntStream.iterate(1, moment -> moment < 12 ? moment + 1 : moment * 5 / 4)::iterator
        : List.of(1, 12);
  }

  private boolean isKilledAt(String call, int moment) throws IOException {
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
    Acknowledged.verifyFiles(store);
    return killed;
  }

  private static ChildJvm victim(Path store, String call, String injection) {
    Strace strace = Strace.of(call).injecting(injection);
    if (ON_KNOWN_FILES.contains(call)) {
      strace = strace.on(files(store).toArray(Path[]::new));
    }
    return ChildJvm.startUnder(strace.command(), KillVictim.class, store, "life", STEPS);
  }

  /** Those that a store can have, but for its value files. */
  static List<Path> files(Path store) {
    List<Path> files = new ArrayList<>();
    files.add(store);
    for (String name : List.of(".gitignore", "CACHEDIR.TAG", "kinds", "format")) {
      files.add(store.resolve(name));
    }
    for (String kind : KillVictim.KINDS) {
      Path folder = store.resolve("kinds").resolve(kind);
      files.add(folder);
      files.add(folder.resolve("current"));
      files.add(folder.resolve("coordination"));
      for (int generation = 1; generation < 4; generation++) {
        String database = "cache-2-" + generation + ".db";
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
          files.add(folder.resolve(database + suffix));
        }
      }
    }
    return files;
  }
}
