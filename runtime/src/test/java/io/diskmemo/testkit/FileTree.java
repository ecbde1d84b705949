package io.diskmemo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files below a directory that others change: what goes away meanwhile may be left out. */
public final class FileTree {
  private FileTree() {}

  /** Files of any kind but directories, sorted. */
  public static List<Path> files(Path directory) {
    return found(directory, false);
  }

  /** The same with directories below it. */
  public static List<Path> all(Path directory) {
    return found(directory, true);
  }

  private static List<Path> found(Path directory, boolean withDirectories) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(directory, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
          if (withDirectories && !path.equals(directory)) {
            found.add(path);
          }
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
          found.add(path);
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
          if (failure instanceof NoSuchFileException && !path.equals(directory)) {
            return FileVisitResult.CONTINUE;
          }
          throw failure;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(found);
    return found;
  }
}
