package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Stats;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One bit of one file of a store whose process was killed is another: each call returns what the method
 * does, and nothing reaches the caller.
 */
class FlippedBitTest {
  private static final int FLIPS = Integer.getInteger("diskmemo.flips", 300);
  private static final int ENTRIES = 24;

  @TempDir
  Path directory;

  private enum Where {
    DATABASE("kinds/default/cache-2-1.db"),
    LOG("kinds/default/cache-2-1.db-wal"),
    VALUE_FILE("kinds/default/values/.*\\.value"),
    BACKUP("kinds/default/backup/.*"),
    COUNTERS("kinds/default/coordination"),
    LEASES("leases");

    private final String pattern;

    Where(String pattern) {
      this.pattern = pattern;
    }

    boolean holdsResults() {
      return this == DATABASE || this == LOG || this == VALUE_FILE;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCallReturnsWhatTheMethodDoes(Where where) throws Exception {
    Path original = directory.resolve("original");
    try (ChildJvm child = ChildJvm.start(DamageProcess.class, original)) {
      child.awaitLine("open");
      for (int i = 0; i < ENTRIES; i++) {
        child.ask("call a" + i);
      }
      child.ask("backup");
      child.ask("call a" + ENTRIES); // which is in the log alone
      child.kill();
    }
    List<Path> files = filesOf(original, where);
    assertThat(files).isNotEmpty();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < Math.max(1, FLIPS / Where.values().length); i++) {
      Path store = directory.resolve("store");
      copy(original, store);
      Path file = store.resolve(original.relativize(files.get(random.nextInt(files.size()))));
      long bit = (long) (random.nextDouble() * Files.size(file) * Byte.SIZE);
      flip(file, bit);
      try {
        verify(store, where);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "bit " + bit + " of " + store.relativize(file) + ", seed " + seed, e);
      }
      delete(store);
    }
  }

  private static List<Path> filesOf(Path store, Where where) throws IOException {
    try (Stream<Path> all = Files.walk(store)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> store.relativize(file).toString().matches(where.pattern))
          .filter(file -> size(file) > 0)
          .sorted()
          .toList();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void verify(Path store, Where where) {
    try (DiskMemo memo = Stores.open(store, DamagedDatabaseTest.PROFILE)) {
      Optional<TestMethod<String>> bound = bound(memo, where);
      if (bound.isEmpty()) {
        return;
      }
      TestMethod<String> method = bound.get();
      for (int i = 0; i <= ENTRIES; i++) {
        assertThat(method.call("a" + i)).isEqualTo(DamagedDatabaseTest.valueOf("a" + i));
      }
      int computations = method.computations();
      Stats stats = memo.kind("default").stats();
      assertThat(stats.misses()).isEqualTo(computations);
      if (where == Where.VALUE_FILE) {
        assertThat(stats.missesDamaged()).isEqualTo(computations).isLessThanOrEqualTo(1);
      }
      if (!where.holdsResults()) {
        assertThat(computations).isZero();
      }
    }
  }

  /** One bit can say that a newer release made the file: then it stays untouched, and binding says so. */
  private static Optional<TestMethod<String>> bound(DiskMemo memo, Where where) {
    try {
      return Optional.of(DamageProcess.method(memo));
    } catch (DiskMemoException e) {
      assertThat(where).isIn(Where.DATABASE, Where.LOG, Where.COUNTERS);
      assertThat(e.getMessage()).containsAnyOf("a newer release", "use the release that made it");
      return Optional.empty();
    }
  }

  private static void flip(Path file, long bit) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bit / Byte.SIZE);
      int changed = bytes.read() ^ (1 << (bit % Byte.SIZE));
      bytes.seek(bit / Byte.SIZE);
      bytes.write(changed);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one :
          all.filter(path -> !path.startsWith(from.resolve("native"))).toList()) {
        Files.copy(one, to.resolve(from.relativize(one)));
      }
    }
  }

  private static void delete(Path store) throws IOException {
    try (Stream<Path> all = Files.walk(store)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
