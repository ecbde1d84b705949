package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.RestoreReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restoration beneath another process. */
class RestoreAcrossProcessesTest {
  @TempDir
  Path directory;

  private Path store;

  @BeforeEach
  void nameStore() {
    store = directory.resolve("store");
  }

  private ChildJvm start() {
    ChildJvm child = ChildJvm.start(CacheProcess.class, store, directory.resolve("truth"));
    return child.awaitLine("running").tell("go").awaitLine("open");
  }

  private DiskMemo open() {
    return DiskMemo.open(CacheProcess.settings(store));
  }

  @Test
  void anotherProcessSeesWhatCameBackAtOnceAndWritesToIt() {
    try (ChildJvm child = start();
        DiskMemo memo = open()) {
      child.ask("put k old");
      memo.maintenance().backup();
      child.ask("put k new");
      child.ask("put later v");
      assertThat(child.ask("get k")).isEqualTo("new"); // from memory from now on
      memo.maintenance().restore();

      assertThat(child.ask("get k")).isEqualTo("old");
      assertThat(child.ask("get later")).isEqualTo("nothing");
      child.ask("put k newest");
      assertThat(memo.kind("texts").get("k", String.class)).contains("newest");
      assertThat(memo.kind("texts").check().isSound()).isTrue();
    }
  }

  @Test
  void whatAnotherProcessEvictedSinceStaysEvicted() {
    try (ChildJvm child = start();
        DiskMemo memo = open()) {
      child.ask("text t1/x");
      child.ask("text t2/x");
      memo.maintenance().backup();
      child.ask("evict-tag t1");
      memo.maintenance().restore();

      assertThat(child.ask("text t1/x")).startsWith("computed");
      assertThat(child.ask("text t2/x")).startsWith("hit");
    }
  }

  @Test
  void anotherProcessThatHasAnUnreadableDatabaseOpenGoesOnWithTheRestoredOne() throws Exception {
    try (ChildJvm child = start()) {
      child.ask("put k old");
      try (DiskMemo memo = open()) {
        memo.maintenance().backup();
      }
      child.ask("put k new");
      Path database = store.resolve("kinds/texts/cache-2-1.db");
      Files.write(database, new byte[(int) Files.size(database)]);
      Files.write(database.resolveSibling(database.getFileName() + "-wal"), new byte[0]);
      try (DiskMemo memo = open()) {
        List<RestoreReport> reports = memo.maintenance().restore();

        assertThat(reports.get(0).entries()).isEqualTo(1);
        assertThat(reports.get(0).evictionsKnown()).isFalse();
        assertThat(child.ask("get k")).isEqualTo("old");
        child.ask("put k newest");
        assertThat(memo.kind("texts").get("k", String.class)).contains("newest");
        assertThat(memo.kind("texts").check().isSound()).isTrue();
      }
    }
  }
}
