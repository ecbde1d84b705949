package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Damaged values are set aside, and no more of them than there is room for. */
class QuarantineTest {
  @TempDir
  Path directory;

  private final TestClock clock = new TestClock();

  private DiskMemo open() {
    return Stores.open(directory, clock, DamagedDatabaseTest.PROFILE);
  }

  private Path quarantine() {
    return directory.resolve("kinds/default/quarantine");
  }

  private List<Path> kept() throws Exception {
    if (!Files.exists(quarantine())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(quarantine())) {
      return all.sorted().toList();
    }
  }

  /** What is damaged in a row is written in the background, before the end. */
  private static TestMethod<String> read(DiskMemo memo, String... arguments) {
    TestMethod<String> method = DamageProcess.method(memo);
    for (String argument : arguments) {
      assertThat(method.call(argument)).isEqualTo(DamagedDatabaseTest.valueOf(argument));
    }
    return method;
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void damagedRowAndFileAreMovedAsideForTheOwnerAlone() throws Exception {
    try (DiskMemo memo = open()) {
      read(memo, "a1", "a5");
    }
    Path file = ValueFilesOf.defaultIn(directory).only();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1]++;
    Files.write(file, bytes);
    Stores.tamper(directory, "UPDATE entry SET value = x'0102' WHERE file IS NULL");
    List<String> keys;
    try (DiskMemo memo = open()) {
      keys = memo.kind("default").keys().map(Object::toString).toList();
      assertThat(read(memo, "a1", "a5").computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(2);
      DamagedDatabaseTest.await(() ->
          kept().size() == 2 && kept().stream().noneMatch(one -> one.toString().endsWith(".tmp")));
      assertThat(memo.kind("default").check().quarantined()).hasSize(2);
      assertThat(memo.kind("default").check().isSound()).isTrue();
    }
    assertThat(file).doesNotExist();
    for (Path one : kept()) {
      String name = one.getFileName().toString();
      assertThat(keys).contains(name.substring(0, name.indexOf('.')));
      assertThat(one).hasBinaryContent(name.endsWith(".row") ? new byte[] {1, 2} : bytes);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(quarantine())))
        .isEqualTo("rwx------");
  }

  @Test
  void hundredValuesAreKeptAndTheOldestGoFirst() throws Exception {
    String[] arguments = new String[129];
    Arrays.setAll(arguments, i -> "r" + i + "x");
    Set<Object> keys;
    Set<Object> latest;
    try (DiskMemo memo = open()) {
      read(memo, arguments);
      keys = memo.kind("default").keys().collect(Collectors.toSet());
      read(memo, "latest");
      latest = memo.kind("default").keys().collect(Collectors.toSet());
      latest.removeAll(keys);
    }
    Stores.tamper(directory, "UPDATE entry SET value = x'00'");
    try (DiskMemo memo = open()) {
      for (String argument : arguments) {
        read(memo, argument);
        clock.advance(Duration.ofSeconds(1));
      }
      read(memo, "latest");
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(130);
      String last = "quarantine/" + latest.iterator().next() + ".row";
      DamagedDatabaseTest.await(() -> {
        List<String> names = memo.kind("default").check().quarantined();
        return names.size() == 100 && names.indexOf(last) == 0;
      });
    }
  }

  @Test
  void valuesTogetherAreSmallerThanSixteenMebibytes() throws Exception {
    try (DiskMemo memo = open()) {
      for (int i = 0; i < 4; i++) {
        memo.kind("default").put("k" + i, new byte[6 << 20]);
      }
      for (Path file : ValueFilesOf.defaultIn(directory).paths()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1]++;
        Files.write(file, bytes);
      }
      for (int i = 0; i < 4; i++) {
        assertThat(memo.kind("default").get("k" + i, byte[].class)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(kept()).hasSize(2);
      clock.advance(Duration.ofDays(31));
      memo.maintenance().run();
      assertThat(kept()).isEmpty();
    }
  }

  @Test
  void maintenanceDeletesOldOnesAndLeavesWhatIsNotOurs() throws Exception {
    try (DiskMemo memo = open()) {
      read(memo, "a1");
      Files.createDirectories(quarantine());
      Path notes = Files.writeString(quarantine().resolve("notes.txt"), "mine");
      Path old = Files.write(
          quarantine().resolve("0".repeat(64) + ".row"), "x".getBytes(StandardCharsets.UTF_8));
      clock.advance(Duration.ofDays(365L * 100));
      memo.maintenance().run();

      assertThat(notes).exists();
      assertThat(old).doesNotExist();
    }
  }

  /** A directory of somebody else in its place is no reason to fail, or to write there. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsWrittenThroughALink(@TempDir Path elsewhere) throws Exception {
    try (DiskMemo memo = open()) {
      read(memo, "a5");
      Files.createSymbolicLink(quarantine(), elsewhere);
      Path file = ValueFilesOf.defaultIn(directory).only();
      Files.write(file, new byte[] {1});
      assertThat(read(memo, "a5").computations()).isEqualTo(1);
      assertThat(memo.kind("default").check().quarantined()).isEmpty();
    }
    assertThat(elsewhere).isEmptyDirectory();
  }
}
