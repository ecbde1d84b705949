package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreHealth.State;
import io.diskmemo.multiprocess.MemoizedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The database of a kind is one that a newer release, or a newer SQLite, has made. One whose header says
 * that it cannot even be read is to SQLite no database, and is damage; no SQLite so far makes such.
 */
class NewerStoreTest {
  /** Where the header of the database says so, and what. */
  enum Newer {
    RELEASE(63, 99, "newer release"), // user_version
    WRITING(18, 3, "readonly"),
    SCHEMA(47, 5, "newer release");

    private final int position;
    private final int number;
    private final String reason;

    Newer(int position, int number, String reason) {
      this.position = position;
      this.number = number;
      this.reason = reason;
    }
  }

  @TempDir
  private Path directory;

  private Settings settings() {
    return Settings.builder()
        .directory(directory)
        .kind("texts", Profile.builder().breakerPause(Duration.ofMillis(50)).build())
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void itIsLeftAsItIsAndMethodsWork(Newer newer) throws IOException {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      new MemoizedText(memo, "texts").text("t/before", () -> "before");
    }
    Path database = directory.resolve("kinds/texts/cache-2-1.db");
    byte[] known = Files.readAllBytes(database);
    byte[] unknown = known.clone();
    unknown[newer.position] = (byte) newer.number;
    Files.write(database, unknown);
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.text("t/a", () -> "a")).isEqualTo("a");
      assertThat(text.known("t/a")).as("from memory").isEqualTo("a");
      assertThatThrownBy(() -> memo.kind("texts").put("key", "words"))
          .isInstanceOf(DiskMemoException.class);
      assertThat(Health.of(memo, "texts").reason()).contains(newer.reason);
      assertThat(Files.readAllBytes(database)).isEqualTo(unknown);
      assertThat(directory.resolve("kinds/texts/current")).hasContent("cache-2-1.db");
    }
    Files.write(database, known);
    try (DiskMemo memo = DiskMemo.open(settings())) {
      assertThat(new MemoizedText(memo, "texts").known("t/before")).isEqualTo("before");
      Health.require(memo, "texts", State.HEALTHY);
    }
  }
}
