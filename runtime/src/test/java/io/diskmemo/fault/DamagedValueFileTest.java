package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a value file, its entry is a miss, and the method is called again. */
class DamagedValueFileTest {
  private static final Profile PROFILE =
      Profile.builder().minFileSize(1000).memoryLimit(0).build();

  @TempDir
  Path directory;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private enum Damage {
    MAGIC(changed(bytes -> flipped(bytes, 0))),
    FORMAT_NUMBER(changed(bytes -> flipped(bytes, 7))),
    HEADER_LENGTH_HUGE(changed(bytes -> flipped(bytes, 8))),
    HEADER_LENGTH_WRONG(changed(bytes -> flipped(bytes, 11))),
    KEY(changed(bytes -> flipped(bytes, 20))),
    HEADER(changed(bytes -> flipped(bytes, 60))),
    VALUE(changed(bytes -> flipped(bytes, bytes.length - 100))),
    LAST_BYTE(changed(bytes -> flipped(bytes, bytes.length - 1))),
    EMPTY(changed(bytes -> new byte[0])),
    CUT_IN_PREFIX(changed(bytes -> Arrays.copyOf(bytes, 9))),
    CUT_IN_HEADER(changed(bytes -> Arrays.copyOf(bytes, 50))),
    CUT(changed(bytes -> Arrays.copyOf(bytes, bytes.length - 1))),
    LONGER(changed(bytes -> Arrays.copyOf(bytes, bytes.length + 1))),
    ZEROS(changed(bytes -> new byte[bytes.length])),
    MISSING(Files::delete),
    DIRECTORY(file -> {
      Files.delete(file);
      Files.createDirectory(file);
    }),
    FULL_DIRECTORY(file -> {
      Files.delete(file);
      Files.createDirectory(file);
      Files.createFile(file.resolve("child"));
    }),
    SYMBOLIC_LINK(file -> {
      Path elsewhere = file.resolveSibling("elsewhere");
      Files.move(file, elsewhere);
      Files.createSymbolicLink(file, elsewhere);
    }),
    PARENT_IS_A_FILE(file -> {
      Files.delete(file);
      Files.delete(file.getParent());
      Files.createFile(file.getParent());
    }),
    PIPE(file -> {
      Files.delete(file);
      Commands.run("mkfifo", file.toString());
    });

    private final Work work;

    Damage(Work work) {
      this.work = work;
    }

    private interface Work {
      void on(Path file) throws IOException;
    }

    private static Work changed(UnaryOperator<byte[]> change) {
      return file -> Files.write(file, change.apply(Files.readAllBytes(file)));
    }

    private static byte[] flipped(byte[] bytes, int index) {
      bytes[index] ^= 0x10;
      return bytes;
    }
  }

  private static TestMethod<String> large(DiskMemo memo) {
    return TestMethod.text("m").body(argument -> argument + "y".repeat(5000)).in(memo);
  }

  @ParameterizedTest
  @EnumSource
  void damagedFileIsAMiss(Damage damage) throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = large(memo);
      String value = method.call("a");
      damage.work.on(ValueFilesOf.defaultIn(directory).only());

      assertThat(method.call("a")).isEqualTo(value);
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
      assertThat(memo.kind("default").stats().missesUnavailable()).isZero();
      assertThat(method.call("a")).isEqualTo(value);
      if (damage != Damage.PARENT_IS_A_FILE) { // where it cannot be stored again
        assertThat(method.computations()).isEqualTo(2);
      }
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkFindsItAndAWritingProcessDoesNotFail(Damage damage) throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      memo.kind("default").put("k", "x".repeat(5000));
      damage.work.on(ValueFilesOf.defaultIn(directory).only());

      assertThat(memo.kind("default").check().damaged()).isEqualTo(1);
      assertThat(memo.maintenance().repair().get(0).repaired()).isTrue();
      assertThat(memo.kind("default").get("k", String.class)).isEmpty();
      assertThat(memo.kind("default").check().damaged()).isZero();
      memo.maintenance().run();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'../../../format'",
        "'../' || file",
        "'/etc/passwd'",
        "'aa/bb/../../../current'",
        "'aa/bb/x-1.value/../x-1.value'",
        "file || char(0)",
        "char(0)",
        "''",
        "'aa/bb/0-1.value'",
        "upper(file)",
        "x'00ff'",
        "replace(hex(zeroblob(50000)), '0', 'a')"
      })
  void craftedNameIsAMissAndTouchesNoOtherFile(String name) throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      large(memo).call("a");
    }
    Stores.tamper(directory, "UPDATE entry SET file = " + name);
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = large(memo);
      method.call("a");
      method.call("a");

      assertThat(method.computations()).isEqualTo(1);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
      assertThat(directory.resolve("format")).exists();
      assertThat(directory.resolve("kinds/default/current")).exists();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE})
  void rowThatClaimsAnotherSizeIsAMiss(long size) throws Exception {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      large(memo).call("a");
    }
    Stores.tamper(directory, "UPDATE entry SET size = " + size);
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = large(memo);

      assertThat(method.call("a")).hasSize(5001);
      assertThat(method.computations()).isEqualTo(1);
    }
  }

  @Test
  void interruptedThreadReadsAndStoresAsAnyOther() {
    try (DiskMemo memo = Stores.open(directory, PROFILE)) {
      TestMethod<String> method = large(memo);
      Thread.currentThread().interrupt();
      String value = method.call("a");
      String again = method.call("a");
      assertThat(Thread.interrupted()).isTrue();

      assertThat(again).isEqualTo(value);
      assertThat(method.computations()).isEqualTo(1);
      assertThat(memo.kind("default").stats().stores()).isEqualTo(1);
    }
  }
}
