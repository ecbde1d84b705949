package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.BackupReport;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills at the system calls by which backups are made and restored. */
class KilledRestorationTest {
  private static final boolean LONG = Boolean.getBoolean("tests.every.call");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir
  private Path directory;

  @Test
  void entriesAreThereAndEvictedOnesAreGoneWhereverItDied() {
    Strace.require();
    for (String call : List.of("rename", "link", "unlink", "fsync")) {
      long kills = moments().filter(moment -> isKilledAt(call, moment)).count();
      System.out.println("kills of restorations at " + call + ": " + kills);
      assertThat(kills).as(call).isPositive();
    }
  }

  private static IntStream moments() {
    return LONG ? IntStream.range(1, 40) : IntStream.of(1, 3);
  }

  private boolean isKilledAt(String call, int moment) {
    Path store = directory.resolve(call + "-" + moment);
    try (DiskMemo memo = RestoreVictim.open(store)) {
      KindCache kind = memo.kind("default");
      kind.put("small", "v", DAY, "kept");
      kind.put("large", RestoreVictim.LARGE, DAY, "kept");
      kind.put("evicted", RestoreVictim.LARGE, DAY, "evicted");
    }
    boolean killed;
    List<String> lines;
    try (ChildJvm victim = ChildJvm.startUnder(
        Strace.of(call).injecting("signal=KILL:when=" + moment).command(),
        RestoreVictim.class,
        store)) {
      lines = victim.remainingLines();
      killed = victim.exitStatus() != 0;
      assertThat(killed || lines.contains("closed")).as(victim.complaints()).isTrue();
    }
    verify(store, lines);
    return killed;
  }

  private static void verify(Path store, List<String> lines) {
    try (DiskMemo memo = RestoreVictim.open(store)) {
      KindCache kind = memo.kind("default");
      assertThat(kind.get("small", String.class)).contains("v");
      assertThat(kind.get("large", byte[].class)).contains(RestoreVictim.LARGE);
      assertThat(lines.contains("evicted") && kind.contains("evicted")).isFalse();
      List<BackupReport> backups = memo.maintenance().backups();
      assertThat(backups).hasSize(lines.contains("backed up") ? 1 : backups.size());

      memo.maintenance().backup();
      memo.maintenance().restore();

      assertThat(kind.get("large", byte[].class)).contains(RestoreVictim.LARGE);
      assertThat(memo.maintenance().run().get(0).check().isSound()).isTrue();
      ValueFilesOf files = ValueFilesOf.defaultIn(store);
      assertThat(files.onDisk())
          .filteredOn(name -> name.startsWith("values"))
          .containsExactlyElementsOf(files.inRows());
      assertThat(store.resolve("kinds/default/backup/restoring")).doesNotExist();
    }
  }
}
