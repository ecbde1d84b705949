package io.diskmemo.examples.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CensusTest {
  @TempDir
  Path directory;

  private Sources sources;
  private Path store;

  @BeforeEach
  void makeTree() {
    sources = new Sources(directory.resolve("sources"));
    store = directory.resolve("store");
  }

  @Test
  void aSecondCensusFindsTheSameAndParsesNothing() throws IOException {
    sources.add("asm", "A", "a");
    sources.add("guava", "B", "b");

    Census cold = take();
    Census warm = take();

    assertThat(cold.computations()).containsEntry("asm", 1L).containsEntry("guava", 1L);
    assertThat(warm.computations()).containsEntry("asm", 0L).containsEntry("guava", 0L);
    assertThat(warm.stats().diskHits()).isEqualTo(2);
    assertThat(warm.metrics()).isEqualTo(cold.metrics());
  }

  @Test
  void aMovedFileIsNotParsedAgain() throws IOException {
    Path file = sources.add("asm", "A", "a");
    take();
    Files.move(file, file.resolveSibling("Moved.java"));

    assertThat(take().computations()).containsEntry("asm", 0L);
  }

  @Test
  void onlyAChangedFileIsParsedAgain() throws IOException {
    sources.add("asm", "A", "a");
    sources.add("asm", "B", "b");
    take();
    sources.add("asm", "B", "changed");
    Census census = take();

    assertThat(census.computations()).containsEntry("asm", 1L);
    assertThat(census.metrics().get("asm").get(1).methods())
        .containsExactly(new MethodMetrics("A.changed()", 1, 1));
  }

  @Test
  void equalFilesShareAnEntryWithinTheirLibrary() throws IOException {
    sources.add("asm", "A", "same");
    sources.add("asm", "B", "same");
    sources.add("guava", "C", "same");

    assertThat(take().computations()).containsEntry("asm", 1L).containsEntry("guava", 1L);
  }

  @Test
  void aFileThatIsNotJavaIsRememberedToo() throws IOException {
    sources.add("asm", "A", "not java");
    Census cold = take();

    assertThat(take().metrics()).isEqualTo(cold.metrics());
    assertThat(cold.metrics().get("asm").get(0).problem()).isPresent();
  }

  @Test
  void anEvictedLibraryIsParsedAgain() throws IOException {
    sources.add("asm", "A", "a");
    sources.add("guava", "B", "b");
    take();
    try (DiskMemo memo = DiskMemo.open(store)) {
      memo.evictTag("library:asm");
    }

    assertThat(take().computations()).containsEntry("asm", 1L).containsEntry("guava", 0L);
  }

  private Census take() throws IOException {
    return Census.take(sources.tree(), store);
  }
}
