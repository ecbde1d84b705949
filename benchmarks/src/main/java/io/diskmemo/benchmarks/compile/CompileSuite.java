package io.diskmemo.benchmarks.compile;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much longer javac takes with the processor. */
public final class CompileSuite implements Suite {
  private static final String WITHOUT = "without the processor";
  private static final String WITH = "with the processor";
  private static final String WITH_SOURCES = "without it, wrappers given as sources";
  private static final String LEAST = "with one that writes the least";

  private static final int CLASSES = 200;
  private static final int ROUNDS = 3;
  private static final double MOST = 1.3;

  private String sizes = "";

  /** Nothing was measured yet. */
  public CompileSuite() {}

  @Override
  public String title() {
    return "Compilation: 200 classes with 1,000 memoized methods";
  }

  @Override
  public String explanation() {
    return "javac in a new JVM without flags each time, in turns; from its start to its end. The methods have five"
        + " shapes and bodies of about ten lines. \"" + WITH_SOURCES
        + "\" compiles what the processor"
        + " wrote in the first place: what is above that is the processor's own time, what is below"
        + " it is javac's time for the wrappers. \"" + LEAST
        + "\" has a processor that writes a subclass"
        + " for each class, whose methods call those of the class and do nothing else." + sizes;
  }

  @Override
  public List<Aim> aims() {
    return List.of(
        new Aim(WITH, WITHOUT, MOST),
        Aim.none(WITH_SOURCES, WITHOUT),
        Aim.none(LEAST, WITHOUT),
        Aim.none(WITH, WITH_SOURCES));
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    boolean isFull = effort == Effort.FULL;
    Path directory = Directories.make();
    try {
      return measure(new Rounds(directory, isFull ? CLASSES : 5), isFull ? ROUNDS : 1);
    } finally {
      Directories.delete(directory);
    }
  }

  private List<Measurement> measure(Rounds rounds, int count)
      throws IOException, InterruptedException {
    double[] without = new double[count];
    double[] with = new double[count];
    double[] withSources = new double[count];
    double[] least = new double[count];
    rounds.withProcessor(); // makes the wrappers, and fills the file system's cache
    for (int i = 0; i < count; i++) {
      without[i] = rounds.withoutProcessor();
      with[i] = rounds.withProcessor();
      withSources[i] = rounds.withWrappersAsSources();
      least[i] = rounds.withLeast();
    }
    sizes = rounds.sizes();
    return List.of(
        Measurement.of(WITHOUT, "ms", without),
        Measurement.of(WITH, "ms", with),
        Measurement.of(WITH_SOURCES, "ms", withSources),
        Measurement.of(LEAST, "ms", least));
  }

  /** The ways of compiling the same sources. */
  private static final class Rounds {
    private final Javac javac;
    private final List<Path> sources;
    private final Path generated;
    private final Path least;

    Rounds(Path directory, int classes) throws IOException {
      this.javac = new Javac(directory);
      this.sources = SampleSources.write(directory.resolve("sources"), classes);
      this.generated = directory.resolve("generated");
      this.least = directory.resolve("least");
    }

    double withoutProcessor() throws IOException, InterruptedException {
      return javac.millisToCompile(sources, "-proc:none");
    }

    double withProcessor() throws IOException, InterruptedException {
      return withProcessor("io.diskmemo.processor.DiskMemoProcessor", generated);
    }

    double withLeast() throws IOException, InterruptedException {
      return withProcessor(LeastProcessor.class.getName(), least);
    }

    private double withProcessor(String processor, Path output)
        throws IOException, InterruptedException {
      Directories.delete(output);
      Files.createDirectories(output);
      return javac.millisToCompile(sources, "-s", output.toString(), "-processor", processor);
    }

    double withWrappersAsSources() throws IOException, InterruptedException {
      List<Path> all = new ArrayList<>(sources);
      all.addAll(Javac.sourcesIn(generated));
      return javac.millisToCompile(all, "-proc:none");
    }

    String sizes() throws IOException {
      return String.format(
          Locale.ROOT,
          " %,d lines of sources, %,d lines of wrappers.",
          lines(sources),
          lines(Javac.sourcesIn(generated)));
    }

    private static long lines(List<Path> files) throws IOException {
      long lines = 0;
      for (Path file : files) {
        lines += Arrays.stream(Files.readString(file).split("\n", -1)).count() - 1;
      }
      return lines;
    }
  }
}
