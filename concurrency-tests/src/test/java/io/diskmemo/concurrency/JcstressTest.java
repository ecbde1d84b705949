package io.diskmemo.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.internal.disk.CommitAndReader;
import io.diskmemo.internal.disk.EvictionAndHit;
import io.diskmemo.internal.disk.TicketAndStamp;
import io.diskmemo.internal.flight.ReleaseAndTake;
import io.diskmemo.internal.flight.RenewalAndExpiry;
import io.diskmemo.internal.flight.TakersAgainAndAgain;
import io.diskmemo.internal.flight.TakersOfDifferentSlots;
import io.diskmemo.internal.flight.TwoTakers;
import io.diskmemo.internal.flight.WhatALeaseSays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * Runs the tests of jcstress in JVMs of their own, and looks at each result. Prints how many there
 * were, for docs/reliability.md.
 */
class JcstressTest {
  private static final Path WORK = Path.of("target", "jcstress");
  private static final List<Class<?>> TESTS = List.of(
      TwoTakers.class,
      TakersAgainAndAgain.class,
      TakersOfDifferentSlots.class,
      WhatALeaseSays.class,
      ReleaseAndTake.class,
      RenewalAndExpiry.class,
      TicketAndStamp.class,
      EvictionAndHit.class,
      CommitAndReader.class);

  /** One kind of JVM only, with its own choice of compilers. */
  private static final String SHORT =
      "-m sanity -sc false -time 100 -iters 2 -hs 64 -jvmArgs -XX:+UseSerialGC";

  /** Fewer than the regions and counters that there are. */
  private static final String STRIDES = "-strideSize 100 -strideCount 2";

  @Test
  void wordsKeepTheirOrder() throws Exception {
    Path output = run(System.getProperty("tests.jcstress", SHORT));
    Collection<TestResult> results = results();
    assertThat(results.stream().map(TestResult::getName).distinct())
        .containsExactlyInAnyOrderElementsOf(TESTS.stream().map(Class::getName).toList());
    for (TestResult result : results) {
      assertThat(result.grading().isPassed)
          .as("%s %s: %s", result.getName(), result.getCounter(), Files.readString(output))
          .isTrue();
      assertThat(result.getTotalCount()).as(result.getName()).isPositive();
    }
    System.out.printf(
        "jcstress: %d tests, %d configurations, %,d samples%n",
        TESTS.size(),
        results.size(),
        results.stream().mapToLong(TestResult::getTotalCount).sum());
  }

  /** Its exit status says only what the results say, too. */
  private static Path run(String options) throws IOException, InterruptedException {
    removeOldResults();
    Path output = WORK.resolve("output.txt");
    Process process = new ProcessBuilder(command(options))
        .directory(WORK.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      process.waitFor();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return output;
  }

  private static List<String> command(String options) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "org.openjdk.jcstress.Main",
        "-r",
        "report"));
    command.addAll(List.of(STRIDES.split(" ")));
    command.addAll(List.of(options.split(" ")));
    return command;
  }

  private static void removeOldResults() throws IOException {
    Files.createDirectories(WORK);
    for (Path old : resultFiles()) {
      Files.delete(old);
    }
  }

  private static List<Path> resultFiles() throws IOException {
    try (Stream<Path> files = Files.list(WORK)) {
      return files.filter(file -> file.toString().endsWith(".bin.gz")).toList();
    }
  }

  private static Collection<TestResult> results() throws IOException, ClassNotFoundException {
    InProcessCollector collector = new InProcessCollector();
    for (Path file : resultFiles()) {
      new DiskReadCollector(file.toString(), collector).dump();
    }
    return collector.getTestResults();
  }
}
