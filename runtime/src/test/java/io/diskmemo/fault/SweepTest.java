package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Patience;
import io.diskmemo.testkit.NewEntries;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import io.diskmemo.testkit.Threads;
import io.diskmemo.testkit.ValueFilesOf;
import io.diskmemo.testkit.WriteLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep deletes what nobody needs, and never a file that somebody is about to commit. */
class SweepTest {
  @TempDir
  Path place;

  private Path directory;
  private ValueFilesOf files;

  @BeforeEach
  void make() {
    directory = place.resolve("store");
    open().close();
    files = ValueFilesOf.defaultIn(directory);
  }

  private KindStore open() {
    return open(directory);
  }

  private static KindStore open(Path path) {
    return TestLimits.ample().open(path, new TestClock());
  }

  @Test
  void fileOfALivingWriterOfThisProcessStays() throws Exception {
    try (KindStore writer = open();
        KindStore other = open();
        Threads threads = new Threads()) {
      Future<?> stored;
      List<Future<Long>> sweeps;
      try (WriteLock lock = WriteLock.hold(directory)) {
        stored = threads.begin(() -> writer.store(NewEntries.entry("k", 7, 5000)));
        Patience.until("the file is there", () -> files.paths().size() == 1);
        assertThat(lock).isNotNull();
        // a sweep writes too, at its end; so it goes on in threads of its own
        sweeps = List.of(threads.begin(writer::sweep), threads.begin(other::sweep));
        assertThat(files.paths()).hasSize(1);
      }
      assertThat(Threads.results(sweeps)).containsOnly(0L);
      Threads.result(stored);
      assertThat(writer.find(NewEntries.key("k"))).isInstanceOf(StoredEntry.class);
    }
  }

  /** The lock of a file was known by its path, and lost when it was tried by another. */
  @Test
  void writerIsAliveByWhateverPathItsDirectoryWasOpened() throws Exception {
    Path parent = Files.createDirectory(place.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), place);
    Path otherPath = link.resolve(directory.getFileName());
    try (KindStore writer = open();
        KindStore other = open(otherPath)) {
      writer.store(NewEntries.entry("k", 7, 5000));
      Path orphan = orphanOfAWriter();

      assertThat(other.sweep()).isZero();
      assertThat(orphan).exists();
      try (ChildJvm child = ChildJvm.start(Sweeper.class, directory)) {
        assertThat(child.success()).containsExactly("swept 0");
      }
      assertThat(orphan).exists();
    } finally {
      Files.delete(link);
      Files.delete(parent);
    }
    try (KindStore next = open()) {
      assertThat(next.sweep()).isEqualTo(1);
    }
  }

  /** A file beside that of the only entry, as its writer would have it before a commit. */
  private Path orphanOfAWriter() throws Exception {
    Path file = files.only();
    String name = file.getFileName().toString().replaceFirst("-.*", "-999.value");
    return Files.copy(file, file.resolveSibling(name));
  }

  /** A process that stores, and has stored once. */
  private ChildJvm writer() {
    ChildJvm writer = ChildJvm.start(LargeValueProcess.class, directory).awaitLine("open");
    assertThat(writer.ask("first")).isEqualTo("stored");
    return writer;
  }

  @Test
  void fileOfAStoppedProcessStaysAndIsCommittedWhenItGoesOn() throws Exception {
    try (ChildJvm writer = writer();
        KindStore other = open()) {
      try (WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        writer.tell("k");
        Patience.until("the file is there", () -> files.paths().size() == 2);
        writer.signal("STOP");
      }
      assertThat(other.sweep()).isZero();
      try (ChildJvm sweeper = ChildJvm.start(Sweeper.class, directory)) {
        assertThat(sweeper.success()).containsExactly("swept 0");
      }
      assertThat(files.paths()).hasSize(2);
      writer.signal("CONT");
      assertThat(writer.line()).isEqualTo("stored");
      try (DiskMemo memo = LargeValueProcess.open(directory)) {
        assertThat(memo.kind("default").get("k", String.class))
            .contains(LargeValueProcess.valueOf("k"));
      }
    }
  }

  @Test
  void fileOfAKilledWriterIsGoneAfterOneSweep() throws Exception {
    try (KindStore other = open()) {
      try (ChildJvm writer = writer();
          WriteLock lock = WriteLock.hold(directory)) {
        assertThat(lock).isNotNull();
        writer.tell("k");
        Patience.until("the file is there", () -> files.paths().size() == 2);
        writer.kill();
      }
      assertThat(other.sweep()).isEqualTo(1);
      assertThat(files.onDisk()).isEqualTo(files.inRows()).hasSize(1);
      assertThat(locks()).isEmpty();
    }
  }

  private List<Path> locks() throws Exception {
    try (var all = Files.list(directory.resolve("kinds/default/values"))) {
      return all.filter(file -> file.toString().endsWith(".lock")).toList();
    }
  }

  @Test
  void killedWritersCommittedFilesStay() throws Exception {
    try (ChildJvm writer = ChildJvm.start(LargeValueProcess.class, directory).awaitLine("open")) {
      assertThat(writer.ask("k")).isEqualTo("stored");
      writer.kill();
    }
    try (KindStore store = open()) {
      assertThat(store.sweep()).isZero();
      assertThat(files.onDisk()).isEqualTo(files.inRows()).hasSize(1);
    }
  }

  /** It failed when a file was gone that it had seen a moment before. */
  @Test
  void sweepsGoOnBesideEachOtherAndBesideWritersWhoseFilesComeAndGo() throws Exception {
    List<Path> orphans = new ArrayList<>();
    try (KindStore writer = open()) {
      writer.store(NewEntries.entry("template", 1, 5000));
      Path template = files.only();
      for (int i = 0; i < 500; i++) {
        Path home = Files.createDirectories(
            template.getParent().getParent().resolveSibling("0" + i % 10).resolve("a" + i % 7));
        orphans.add(Files.copy(template, home.resolve("dead" + i % 5 + "-" + i + ".value")));
      }
    }
    AtomicBoolean over = new AtomicBoolean();
    try (KindStore one = open();
        KindStore two = open();
        Threads threads = new Threads()) {
      Future<Integer> churn = threads.begin(() -> {
        int stored = 0;
        for (; !over.get(); stored++) {
          two.store(NewEntries.entry("k" + stored % 30, stored, 2000, "t"));
          if (stored % 40 == 0) {
            two.evict(new EntryFilter("t", null));
          }
        }
        return stored;
      });
      long swept = 0;
      try (ChildJvm other = ChildJvm.start(Sweeper.class, directory)) {
        for (int i = 0; i < 5; i++) {
          List<Future<Long>> sweeps = List.of(
              threads.begin(one::sweep), threads.begin(two::sweep), threads.begin(one::sweep));
          swept += Threads.results(sweeps).stream().mapToLong(Long::longValue).sum();
        }
        swept += Long.parseLong(other.success().get(0).substring("swept ".length()));
      } finally {
        over.set(true);
      }
      assertThat(Threads.result(churn)).isPositive();
      assertThat(swept).isGreaterThanOrEqualTo(500);
      assertThat(orphans).noneMatch(Files::exists);
      assertThat(one.check(false).damaged()).isZero();
      assertThat(files.onDisk()).isEqualTo(files.inRows());
    }
  }
}
