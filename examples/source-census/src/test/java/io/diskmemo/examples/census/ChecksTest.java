package io.diskmemo.examples.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Library {@code asm} has three files of two contents, {@code guava} has one. */
class ChecksTest {
  @TempDir
  Path root;

  private SourceTree tree;
  private Checks checks;

  @BeforeEach
  void makeTree() throws IOException {
    Sources sources = new Sources(root);
    sources.add("asm", "A", "same");
    sources.add("asm", "B", "same");
    sources.add("asm", "C", "other");
    sources.add("guava", "D", "same");
    tree = sources.tree();
    checks = new Checks(tree, "guava", "asm");
  }

  @Test
  void aColdRunParsesEachContentOnce() throws IOException {
    assertThat(checks.ofCounts(run(Stage.COLD, 1, 3), parsed(2, 1))).isEmpty();
    assertThat(checks.ofCounts(run(Stage.COLD, 0, 4), parsed(3, 1)))
        .containsExactly("cold: parsed {asm=3, guava=1}, expected {asm=2, guava=1}");
  }

  @Test
  void aWarmRunParsesNothing() throws IOException {
    assertThat(checks.ofCounts(run(Stage.WARM, 4, 0), parsed(0, 0))).isEmpty();
    assertThat(checks.ofCounts(run(Stage.WARM, 3, 1), parsed(0, 1))).hasSize(1);
  }

  @Test
  void aRunAfterAChangeParsesOneFileOfTheChangedLibrary() throws IOException {
    assertThat(checks.ofCounts(run(Stage.CHANGED, 3, 1), parsed(0, 1))).isEmpty();
    assertThat(checks.ofCounts(run(Stage.CHANGED, 3, 1), parsed(1, 0))).hasSize(1);
    assertThat(checks.ofCounts(run(Stage.CHANGED, 4, 0), parsed(0, 0))).hasSize(1);
  }

  @Test
  void aRunAfterAnEvictionParsesThatLibraryOnly() throws IOException {
    assertThat(checks.ofCounts(run(Stage.EVICTED, 2, 2), parsed(2, 0))).isEmpty();
    assertThat(checks.ofCounts(run(Stage.EVICTED, 1, 3), parsed(2, 1))).hasSize(1);
  }

  @Test
  void everyFileIsEitherAHitOrAComputation() throws IOException {
    assertThat(checks.ofCounts(run(Stage.WARM, 3, 0), parsed(0, 0)))
        .singleElement()
        .asString()
        .startsWith("warm: hits and computations are not 4");
  }

  @Test
  void metricsStayUnlessAFileChanged() {
    Run before = new Run(Stage.COLD, 4, 1, 0, 0, 4, 0, 10, 77);

    assertThat(checks.ofMetrics(new Run(Stage.WARM, 4, 1, 0, 4, 0, 9, 10, 77), before))
        .isEmpty();
    assertThat(checks.ofMetrics(new Run(Stage.WARM, 4, 1, 0, 4, 0, 9, 10, 78), before))
        .hasSize(1);
  }

  @Test
  void aChangedFileBringsOneTypeMore() {
    Run before = new Run(Stage.WARM, 4, 1, 0, 4, 0, 9, 10, 77);

    assertThat(checks.ofMetrics(new Run(Stage.CHANGED, 4, 1, 0, 3, 1, 9, 11, 5), before))
        .isEmpty();
    assertThat(checks.ofMetrics(new Run(Stage.CHANGED, 4, 1, 0, 3, 1, 9, 10, 77), before))
        .hasSize(1);
  }

  @Test
  void aLibraryThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> new Checks(tree, "guava", "gauva"))
        .hasMessage("no library gauva in [asm, guava]");
  }

  private static Run run(Stage stage, long diskHits, long computations) {
    return new Run(stage, 4, 1, 0, diskHits, computations, 0, 10, 77);
  }

  private static SortedMap<String, Long> parsed(long asm, long guava) {
    return new TreeMap<>(Map.of("asm", asm, "guava", guava));
  }
}
