package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.FileContent;
import io.diskmemo.annotations.KeyIgnore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collections on both sides, and a file that is keyed by its content. */
class Census {
  enum Kind {
    CLASS,
    RECORD
  }

  record Method(String name, int complexity) {}

  record Type(String name, Kind kind, List<Method> methods) {}

  record Metrics(
      List<Type> types,
      Map<String, Set<Integer>> imports,
      Optional<Method> longest,
      Duration parsing,
      int[][] histogram) {}

  @DiskMemoize(tag = {"library:{library}", "sources"})
  Metrics parse(String library, @FileContent Path source) throws IOException {
    throw new IOException(library);
  }

  @DiskMemoize(ttl = "never")
  List<Type> select(
      Map<String, List<Type>> byName, Set<Kind> kinds, Method[] methods, @KeyIgnore Thread thread) {
    return List.of();
  }
}
