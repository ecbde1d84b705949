package io.diskmemo.examples.census;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The Java files below a directory that has one subdirectory for each library. Immutable. */
final class SourceTree {
  private final SortedMap<String, List<Path>> filesByLibrary;

  private SourceTree(SortedMap<String, List<Path>> filesByLibrary) {
    this.filesByLibrary = filesByLibrary;
  }

  static SourceTree of(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return new SourceTree(paths
          .filter(path -> path.toString().endsWith(".java"))
          .sorted()
          .collect(groupingBy(path -> library(root, path), TreeMap::new, toList())));
    }
  }

  private static String library(Path root, Path file) {
    return root.relativize(file).getName(0).toString();
  }

  SortedSet<String> libraries() {
    return new TreeSet<>(filesByLibrary.keySet());
  }

  /** The files of one library, sorted. */
  List<Path> files(String library) {
    return List.copyOf(filesByLibrary.getOrDefault(library, List.of()));
  }

  int size() {
    return filesByLibrary.values().stream().mapToInt(List::size).sum();
  }

  /** How many files of a library differ in their bytes; those of equal bytes share an entry. */
  int distinctContents(String library) throws IOException {
    Set<ByteBuffer> contents = new HashSet<>();
    for (Path file : files(library)) {
      contents.add(ByteBuffer.wrap(Files.readAllBytes(file)));
    }
    return contents.size();
  }
}
