package io.diskmemo.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new directory that is deleted with all that is in it. */
record TemporaryDirectory(Path path) implements AutoCloseable {

  TemporaryDirectory() throws IOException {
    this(Files.createTempDirectory("diskmemo-processor"));
  }

  @Override
  public void close() throws IOException {
    for (Path file : childrenFirst()) {
      Files.delete(file);
    }
  }

  private List<Path> childrenFirst() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
