package io.diskmemo.processor;

import io.diskmemo.DiskMemo;
import io.diskmemo.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs sources with the real runtime, on a directory of its own. */
final class OnDisk {
  private static final String HEAD = """
      package test;
      import io.diskmemo.DiskMemo;
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

  static Object run(Program program) throws Throwable {
    Path directory = Files.createTempDirectory("diskmemo-processor");
    try (DiskMemo memo = DiskMemo.open(Settings.builder().directory(directory).build())) {
      return program.run("test.Main", memo);
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
