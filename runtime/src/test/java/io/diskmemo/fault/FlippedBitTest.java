package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Held;
import io.diskmemo.Stats;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.Threads;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One bit of one file of a store whose process was killed is another: each call returns what the method
 * does, and nothing reaches the caller.
 */
class FlippedBitTest {
  /** Over the four kinds of files in which any bit may be hit; those of words come on top. */
  private static final int FLIPS = Integer.getInteger("tests.flips", 200);

  private static final int FLIPS_EACH = Math.max(1, FLIPS / 4);
  private static final int ENTRIES = 24;
  private static final int LOCKS = 4;

  /** Where the counters begin that mean something, in bytes: the first word, and all of {@code Coherence}. */
  private static final int[] COUNTERS = {0, 64, 128, 192, 256, 320, 384};

  private static final int FIRST_SLOT_BYTE = 4096 * Long.BYTES;

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
      for (int i = 0; i < LOCKS; i++) {
        child.ask("lock l" + i); // which it has when it dies
      }
      child.kill();
    }
    List<Path> files = filesOf(original, where);
    assertThat(files).isNotEmpty();
    for (Flip flip : flips(where, files)) {
      Path store = directory.resolve("store");
      copy(original, store);
      Path file = store.resolve(original.relativize(flip.file()));
      flip(file, flip.bit());
      try {
        if (flip.makesNewer(where)) {
          verifyRefused(store, where);
        } else {
          verify(store, where);
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("bit " + flip.bit() + " of " + store.relativize(file), e);
      }
      delete(store);
    }
  }

  private record Flip(Path file, long bit) {
    /** Whether the file then has the number of a later format, which is 1 in the lowest byte of its first word. */
    boolean makesNewer(Where where) {
      int lowest = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : Long.SIZE - Byte.SIZE;
      return (where == Where.COUNTERS || where == Where.LEASES)
          && bit > lowest
          && bit < lowest + Byte.SIZE;
    }
  }

  /** Most of the last two kinds of files means nothing, so there it is the rest that is hit. */
  private static List<Flip> flips(Where where, List<Path> files) throws IOException {
    return switch (where) {
      case COUNTERS -> flipsOf(files.get(0), COUNTERS);
      case LEASES -> flipsOf(files.get(0), wordsOfLeases(files.get(0)));
      default -> anyFlips(files);
    };
  }

  private static List<Flip> anyFlips(List<Path> files) {
    Random random = new Random(Long.getLong("tests.seed", 42));
    return Stream.generate(() -> files.get(random.nextInt(files.size())))
        .map(file -> new Flip(file, (long) (random.nextDouble() * size(file) * Byte.SIZE)))
        .limit(FLIPS_EACH)
        .toList();
  }

  /** Every so many bits of some words; in the long form all. */
  private static List<Flip> flipsOf(Path file, int[] offsets) {
    int bits = offsets.length * Long.SIZE;
    int step = Math.max(1, bits / FLIPS_EACH) | 1; // not the same bits of each word
    return IntStream.iterate(0, i -> i < bits, i -> i + step)
        .mapToObj(i -> new Flip(file, (long) offsets[i / Long.SIZE] * Byte.SIZE + i % Long.SIZE))
        .toList();
  }

  /** What is before the owners, and all of the slots that the dead process had in use. */
  private static int[] wordsOfLeases(Path file) throws IOException {
    ByteBuffer words = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    int[] slots = IntStream.iterate(
            FIRST_SLOT_BYTE, at -> at < words.capacity(), at -> at + 4 * Long.BYTES)
        .filter(at -> words.getLong(at) != 0)
        .toArray();
    assertThat(slots).hasSize(LOCKS);
    return IntStream.concat(
            IntStream.of(0, Long.BYTES),
            IntStream.of(slots)
                .flatMap(at -> IntStream.range(0, 4).map(word -> at + word * Long.BYTES)))
        .toArray();
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

  private static void verify(Path store, Where where) throws InterruptedException {
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
      if (where == Where.COUNTERS) {
        requireEvictionsSeen(memo, method);
      } else if (where == Where.LEASES) {
        requireLocksFree(memo);
      }
    }
  }

  /** A file of a newer release stays as it is: methods go on without, and who asks by name is told. */
  private static void verifyRefused(Path store, Where where) throws IOException {
    Path file = filesOf(store, where).get(0);
    byte[] before = Files.readAllBytes(file);
    try (DiskMemo memo = Stores.open(store, DamagedDatabaseTest.PROFILE)) {
      TestMethod<String> method = DamageProcess.method(memo);
      for (int i = 0; i <= ENTRIES; i++) {
        assertThat(method.call("a" + i)).isEqualTo(DamagedDatabaseTest.valueOf("a" + i));
      }
      assertThat(method.computations()).isEqualTo(where == Where.COUNTERS ? ENTRIES + 1 : 0);
      ThrowingCallable byName = where == Where.COUNTERS
          ? () -> memo.evictTag("t1")
          : () -> memo.lock("l0", DamageProcess.FOR_EVER).tryLock(Threads.LIMIT);
      assertThatThrownBy(byName)
          .isInstanceOf(DiskMemoException.class)
          .hasMessageContaining("a newer release");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  /** By which alone it would be seen that the counters are of no use. */
  private static void requireEvictionsSeen(DiskMemo memo, TestMethod<String> method) {
    assertThat(memo.evictTag("t1")).isPositive();
    int before = method.computations();
    assertThat(method.call("a1")).isEqualTo(DamagedDatabaseTest.valueOf("a1"));
    assertThat(method.computations()).isEqualTo(before + 1);
  }

  private static void requireLocksFree(DiskMemo memo) throws InterruptedException {
    for (int i = 0; i < LOCKS; i++) {
      Optional<Held> taken = memo.lock("l" + i, DamageProcess.FOR_EVER).tryLock(Threads.LIMIT);
      assertThat(taken).as("l" + i).isPresent();
      assertThat(taken.get().isHeld()).isTrue();
      taken.get().close();
    }
  }

  /** One bit can say that a newer release made the file: then it stays untouched, and binding says so. */
  private static Optional<TestMethod<String>> bound(DiskMemo memo, Where where) {
    try {
      return Optional.of(DamageProcess.method(memo));
    } catch (DiskMemoException e) {
      assertThat(where).isIn(Where.DATABASE, Where.LOG);
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
