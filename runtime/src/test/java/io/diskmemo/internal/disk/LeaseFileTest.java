package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseFileTest {
  @TempDir
  Path root;

  private StoreDirectory directory;
  private Path file;

  @BeforeEach
  void open() {
    directory = StoreDirectory.openOrCreate(root.resolve("store"));
    file = directory.root().resolve("leases");
  }

  @Test
  void fileIsWholeAndItsOwnersOnly() throws IOException {
    try (LeaseFile leases = LeaseFile.open(directory)) {
      leases.set(LeaseFile.WORDS - 1, 42);

      assertThat(leases.get(LeaseFile.WORDS - 1)).isEqualTo(42);
      assertThat(Files.size(file)).isEqualTo(LeaseFile.WORDS * 8L);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(leases.isReplaced()).isFalse();
    }
  }

  @Test
  void wordsAreThereWhenItIsOpenedAgain() {
    try (LeaseFile leases = LeaseFile.open(directory)) {
      assertThat(leases.compareAndSet(5, 0, 17)).isTrue();
      assertThat(leases.compareAndSet(5, 0, 18)).isFalse();
    }
    try (LeaseFile again = LeaseFile.open(directory)) {
      assertThat(again.get(5)).isEqualTo(17);
    }
  }

  @Test
  void damagedOrShortFileIsReplaced() throws IOException {
    for (byte[] content : new byte[][] {{}, {1, 2, 3}, new byte[LeaseFile.WORDS * 8]}) {
      Files.write(file, content);
      try (LeaseFile leases = LeaseFile.open(directory)) {
        assertThat(leases.get(5)).isZero();
        assertThat(Files.size(file)).isEqualTo(LeaseFile.WORDS * 8L);
      }
    }
  }

  @Test
  void fileOfANewerReleaseIsLeftAlone() throws IOException {
    byte[] newer = ByteBuffer.allocate(4096)
        .order(ByteOrder.nativeOrder())
        .putLong(0, 0x4449_534B_4C53_4502L)
        .array();
    Files.write(file, newer);

    assertThatThrownBy(() -> LeaseFile.open(directory))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("made by a newer release");
    assertThat(Files.readAllBytes(file)).isEqualTo(newer);
  }

  @Test
  void removedFileIsNoticed() throws IOException {
    try (LeaseFile leases = LeaseFile.open(directory)) {
      Files.delete(file);
      assertThat(leases.isReplaced()).isTrue();
      leases.set(5, 1); // harms nobody

      try (LeaseFile other = LeaseFile.open(directory)) {
        assertThat(other.get(5)).isZero();
      }
    }
  }

  @Test
  void numbersOfThisProcessAreItsOwn() {
    try (LeaseFile leases = LeaseFile.open(directory)) {
      assertThat(leases.takeNumber(2)).isEqualTo(1);
      assertThat(leases.takeNumber(2)).isEqualTo(2);
      assertThat(leases.isFree(1)).isFalse();
      assertThat(leases.isFree(3)).isTrue();
      assertThatThrownBy(() -> leases.takeNumber(2))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("more than 2 processes");
    }
  }
}
