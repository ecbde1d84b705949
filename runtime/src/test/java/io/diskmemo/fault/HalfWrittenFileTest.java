package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.Batch;
import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreHealth.State;
import io.diskmemo.multiprocess.MemoizedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small file of the store has only its beginning, or only zeros, as after a power cut. */
class HalfWrittenFileTest {
  @TempDir
  private Path directory;

  private Settings settings() {
    return Settings.builder()
        .directory(directory)
        .kind("texts", Profile.defaults())
        .build();
  }

  /** The database is the second, and the first is gone, so that a name must be found out. */
  @ParameterizedTest
  @ValueSource(strings = {"format", "kinds/texts/current", "kinds/texts/shards"})
  void theStoreIsOpenedAndWhatItHoldsIsThere(String name) throws IOException {
    try (DiskMemo memo = DiskMemo.open(settings())) {
      KindCache kind = memo.kind("texts");
      try (Batch batch = memo.batch()) {
        IntStream.range(0, KillVictim.MANY).forEach(i -> kind.put("k" + i, i));
        batch.commit();
      }
      kind.clear();
      new MemoizedText(memo, "texts").text("t/before", () -> "before");
      memo.maintenance().run();
    }
    Path file = directory.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    assertThat(directory.resolve("kinds/texts/current")).hasContent("cache-2-2.db");
    for (int length = 0; length < whole.length; length++) {
      requireOpened(file, Arrays.copyOf(whole, length));
    }
    requireOpened(file, new byte[whole.length]);
  }

  private void requireOpened(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    try (DiskMemo memo = DiskMemo.open(settings())) {
      MemoizedText text = new MemoizedText(memo, "texts");
      assertThat(text.known("t/before")).as(file + Arrays.toString(content)).isEqualTo("before");
      Health.require(memo, "texts", State.HEALTHY);
      text.text("t/" + content.length, () -> "after");
      assertThat(memo.kind("texts").check().isSound()).isTrue();
    }
  }
}
