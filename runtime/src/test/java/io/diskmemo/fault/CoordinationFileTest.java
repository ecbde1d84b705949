package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinationFileTest {
  private static final int WHOLE_BYTES = 64 * 1024;

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void makeStore() {
    try (DiskMemo memo = DiskMemo.open(KillVictim.settings(directory))) {
      memo.kind("kept").put("key", "value");
    }
    file = CoordinationFile.path(directory, "kept");
  }

  @Test
  void aMissingFileIsMadeAgain() throws IOException {
    Files.delete(file);
    requireRebuilt();
  }

  @Test
  void anEmptyFileIsMadeAgain() throws IOException {
    Files.write(file, new byte[0]);
    requireRebuilt();
  }

  @Test
  void aTruncatedFileIsMadeAgain() throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
    requireRebuilt();
  }

  @Test
  void aFileWithAnotherMagicNumberIsMadeAgain() throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[3] ^= 1;
    Files.write(file, content);
    requireRebuilt();
  }

  @Test
  void aFileWithAbsurdCountersIsUsedAndRight() {
    CoordinationFile counters = new CoordinationFile(directory, "kept");
    for (int i = 0; i < 1000; i++) {
      counters.takeTicket();
    }
    requireUsable();
    assertThat(counters.hasGap()).isFalse();
  }

  /** The processes that had the old file did not learn of what those with the new one did. */
  @Test
  void aFileThatIsRemovedWhileItIsUsedIsMadeAgainAndAllMeetThereOnceTheyWrite() throws IOException {
    try (DiskMemo one = DiskMemo.open(KillVictim.settings(directory))) {
      KindCache kind = one.kind("kept");
      assertThat(kind.get("key", String.class)).contains("value");
      Files.delete(file);
      try (DiskMemo other = DiskMemo.open(KillVictim.settings(directory))) {
        KindCache sameKind = other.kind("kept");
        assertThat(sameKind.get("key", String.class)).contains("value");
        kind.put("key", "newer");
        assertThat(sameKind.get("key", String.class)).contains("newer");
        sameKind.put("key", "newest");
        assertThat(kind.get("key", String.class)).contains("newest");
        sameKind.clear();
        assertThat(kind.get("key", String.class)).isEmpty();
      }
    }
    assertThat(file).hasSize(WHOLE_BYTES);
  }

  private void requireRebuilt() throws IOException {
    requireUsable();
    assertThat(file).hasSize(WHOLE_BYTES);
  }

  private void requireUsable() {
    try (DiskMemo one = DiskMemo.open(KillVictim.settings(directory));
        DiskMemo other = DiskMemo.open(KillVictim.settings(directory))) {
      KindCache kind = one.kind("kept");
      KindCache sameKind = other.kind("kept");
      for (int i = 0; i < 10; i++) {
        assertThat(kind.get("key", String.class)).isEqualTo(sameKind.get("key", String.class));
        kind.put("key", "value " + i);
        assertThat(sameKind.get("key", String.class)).contains("value " + i);
      }
      sameKind.delete("key");
      assertThat(kind.get("key", String.class)).isEmpty();
    }
  }
}
