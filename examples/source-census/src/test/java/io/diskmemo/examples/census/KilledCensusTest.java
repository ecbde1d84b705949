package io.diskmemo.examples.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KilledCensusTest {
  private static final int FILES = 300;

  @TempDir
  Path directory;

  private SourceTree tree;
  private Path store;

  @BeforeEach
  void makeTree() throws IOException {
    Sources sources = new Sources(directory.resolve("sources"));
    for (int i = 0; i < FILES; i++) {
      sources.add("generated", "A" + i, "method" + i);
    }
    tree = sources.tree();
    store = directory.resolve("store");
  }

  @ParameterizedTest(name = "after {0} files")
  @ValueSource(ints = {0, 1, 100, 250})
  @Timeout(60)
  void theNextCensusIsRightAndKeepsWhatTheKilledOneHadParsed(int filesBeforeKill) throws Exception {
    killAfter(filesBeforeKill);

    Census next = Census.take(tree, store);

    assertThat(next.metrics().get("generated")).isEqualTo(metricsWithoutCache());
    assertThat(next.computations().get("generated")).isLessThanOrEqualTo(FILES - filesBeforeKill);
    assertThat(Census.take(tree, store).computations()).containsEntry("generated", 0L);
  }

  private List<SourceMetrics> metricsWithoutCache() throws IOException {
    List<SourceMetrics> metrics = new ArrayList<>();
    for (Path file : tree.files("generated")) {
      metrics.add(new SourceParser().parse("generated", file));
    }
    return metrics;
  }

  private void killAfter(int files) throws Exception {
    Process process = start();
    try (BufferedReader progress = process.inputReader()) {
      for (int line = 0; line <= files; line++) {
        assertThat(progress.readLine()).isNotNull();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.diskmemo.patience=" + System.getProperty("io.diskmemo.patience", "100"),
            "-classpath",
            System.getProperty("java.class.path"),
            ReportingCensus.class.getName(),
            directory.resolve("sources").toString(),
            store.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Prints a line before it opens the store, and one after each file that it has parsed. */
  static final class ReportingCensus {
    private ReportingCensus() {}

    public static void main(String[] args) throws IOException {
      System.out.println("opening");
      try (DiskMemo memo = DiskMemo.open(Path.of(args[1]))) {
        SourceParser parser = new MemoizedSourceParser(memo);
        for (Path file : SourceTree.of(Path.of(args[0])).files("generated")) {
          parser.parse("generated", file);
          System.out.println(file);
        }
      }
    }
  }
}
