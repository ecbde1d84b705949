package io.diskmemo.examples.census;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Figures of one stage, kept in a file for the JVMs of later stages.
 *
 * @param millis from opening the store until it was closed again
 * @param savedMillis what the hits had cost when they were computed
 * @param types that all files together declare
 * @param metricsHash of the metrics of all files
 */
record Run(
    Stage stage,
    int files,
    long millis,
    long memoryHits,
    long diskHits,
    long computations,
    long savedMillis,
    int types,
    int metricsHash) {

  static Run of(Stage stage, Census census) {
    List<SourceMetrics> metrics =
        census.metrics().values().stream().flatMap(List::stream).toList();
    return new Run(
        stage,
        metrics.size(),
        census.time().toMillis(),
        census.stats().memoryHits(),
        census.stats().diskHits(),
        census.stats().computations(),
        census.stats().timeSaved().toMillis(),
        metrics.stream().mapToInt(SourceMetrics::types).sum(),
        metrics.hashCode());
  }

  void save(Path directory) throws IOException {
    Properties figures = new Properties();
    figures.setProperty("files", String.valueOf(files));
    figures.setProperty("millis", String.valueOf(millis));
    figures.setProperty("memory-hits", String.valueOf(memoryHits));
    figures.setProperty("disk-hits", String.valueOf(diskHits));
    figures.setProperty("computations", String.valueOf(computations));
    figures.setProperty("saved-millis", String.valueOf(savedMillis));
    figures.setProperty("types", String.valueOf(types));
    figures.setProperty("metrics-hash", String.valueOf(metricsHash));
    Files.createDirectories(directory);
    try (Writer out = Files.newBufferedWriter(file(directory, stage))) {
      figures.store(out, "Run " + stage);
    }
  }

  static Run load(Path directory, Stage stage) throws IOException {
    Properties figures = new Properties();
    try (Reader in = Files.newBufferedReader(file(directory, stage))) {
      figures.load(in);
    }
    return new Run(
        stage,
        Integer.parseInt(figures.getProperty("files")),
        Long.parseLong(figures.getProperty("millis")),
        Long.parseLong(figures.getProperty("memory-hits")),
        Long.parseLong(figures.getProperty("disk-hits")),
        Long.parseLong(figures.getProperty("computations")),
        Long.parseLong(figures.getProperty("saved-millis")),
        Integer.parseInt(figures.getProperty("types")),
        Integer.parseInt(figures.getProperty("metrics-hash")));
  }

  private static Path file(Path directory, Stage stage) {
    return directory.resolve(stage + ".properties");
  }
}
