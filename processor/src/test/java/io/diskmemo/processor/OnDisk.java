package io.diskmemo.processor;

import io.diskmemo.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs sources, each with a store of its own. */
final class OnDisk {
  private static final String HEAD = """
      package test;
      import io.diskmemo.*;
      import io.diskmemo.annotations.*;
      import io.diskmemo.codec.*;
      import io.diskmemo.generated.Hit;
      import io.diskmemo.key.*;
      import java.io.*;
      import java.math.*;
      import java.net.URI;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.regex.Pattern;
      """;

  private static final String COUNT = """

      final class Count {
        static long computed(DiskMemo memo) {
          return memo.kind("default").stats().computations();
        }
      }
      """;

  private OnDisk() {}

  /**
   * What {@code Main.run(DiskMemo)} returns; the first type of the source is {@code Main}. Nothing in
   * the source or the wrappers may have a warning.
   */
  static Object run(String source) throws Throwable {
    return run(compile(source).load());
  }

  static Compiled compile(String source) {
    return Compiled.strictlyInOneFile(HEAD + source + COUNT);
  }

  /** With a file on the class path of the compilation. */
  static Compiled compileWithResource(String path, String text, String source) throws IOException {
    Path directory = Files.createTempDirectory("diskmemo-processor");
    try {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return Compiled.withDirectory(directory.toFile(), HEAD + source + COUNT);
    } finally {
      delete(directory);
    }
  }

  static Object run(Program program) throws Throwable {
    return inNewDirectory(program::run);
  }

  /** As {@link #run(String)}, and once more after the store was closed and opened again. */
  static List<Object> runTwice(String source) throws Throwable {
    Program program = compile(source).load();
    return inNewDirectory(store -> List.of(program.run(store), program.run(store)));
  }

  private interface Use<T> {
    T of(Settings store) throws Throwable;
  }

  private static <T> T inNewDirectory(Use<T> use) throws Throwable {
    Path directory = Files.createTempDirectory("diskmemo-processor");
    try {
      return use.of(Settings.builder().directory(directory.resolve("store")).build());
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
