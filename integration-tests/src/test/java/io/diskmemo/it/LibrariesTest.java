package io.diskmemo.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.Stats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of methods that call libraries are those of the methods: computed, and from disk. */
class LibrariesTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final long MOST_SECONDS = 60;

  @TempDir
  Path store;

  @Test
  void memoizedResultsAreThoseOfTheMethodsInEveryRun() throws Exception {
    Run first = Run.on(store, SEED);
    Stats computed = first.stats();
    assertThat(first.differences()).as("seed %d", SEED).isEmpty();
    assertThat(computed.stores()).isEqualTo(computed.computations()).isGreaterThan(30_000);
    assertThat(computed.hits() + computed.computations()).isEqualTo(first.calls());

    Run reopened = Run.on(store, SEED);
    assertThat(reopened.differences()).as("seed %d", SEED).isEmpty();
    assertThat(reopened.stats().computations()).isZero();
    assertThat(reopened.stats().hits()).isEqualTo(first.calls());
    assertThat(reopened.stats().diskHits()).isEqualTo(computed.computations());

    assertThat(inNewJvm())
        .containsExactly(
            "calls=" + first.calls(),
            "differences=[]",
            "computations=0",
            "hits=" + first.calls(),
            "disk hits=" + computed.computations());
  }

  private List<String> inNewJvm() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-classpath",
            System.getProperty("java.class.path"),
            Run.class.getName(),
            store.toString(),
            String.valueOf(SEED))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try {
      List<String> lines = new String(
              process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
      return lines;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
