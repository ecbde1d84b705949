package io.diskmemo.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.KindCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstOpeningTest {
  private static final int PROCESSES = 8;

  @TempDir
  private Path directory;

  @Test
  void eightProcessesMakeOneStoreAtOnce() throws IOException {
    Path store = directory.resolve("above/store");
    List<ChildJvm> processes = IntStream.range(0, PROCESSES)
        .mapToObj(number -> ChildJvm.start(FirstOpening.class, store, number))
        .toList();
    try {
      processes.forEach(process -> process.awaitLine("running"));
      processes.forEach(process -> process.tell("go"));
      processes.forEach(process -> assertThat(process.success()).containsExactly("the text 0"));
    } finally {
      ChildJvm.closeAll(processes);
    }

    try (DiskMemo memo = DiskMemo.open(CacheProcess.settings(store))) {
      KindCache kind = memo.kind("texts");
      assertThat(kind.get("openings", Long.class)).contains((long) PROCESSES);
      assertThat(kind.check().problems()).isEmpty();
      assertThat(kind.stats().entries()).isEqualTo(PROCESSES + 2);
      assertThat(new MemoizedText(memo, "texts").known("t1/x")).isEqualTo("the text");
    }
    assertThat(names(store.resolve("kinds/texts")))
        .containsExactlyInAnyOrder("cache-2-1.db", "coordination", "current", "shards");
    assertThat(names(store)).noneMatch(name -> name.endsWith(".tmp"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
