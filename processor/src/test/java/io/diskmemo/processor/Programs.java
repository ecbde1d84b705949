package io.diskmemo.processor;

import io.diskmemo.Settings;
import java.nio.file.Path;
import java.util.List;

/** Runs sources, each with a store of its own. */
final class Programs {
  private static final String HEAD = """
      package test;
      import io.diskmemo.*;
      import io.diskmemo.annotations.*;
      import java.io.*;
      import java.math.*;
      import java.net.URI;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      """;

  private Programs() {}

  /**
   * What {@code Main.run(DiskMemo)} returns, given a new store; the first type of the source is {@code
   * Main}.
   */
  static Object run(String source) throws Throwable {
    Program program = compile(source).load();
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      return program.run(store(directory.path()));
    }
  }

  /** As {@link #run}, and once more after the store was closed and opened again. */
  static List<Object> runTwice(String source) throws Throwable {
    Program program = compile(source).load();
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      Settings store = store(directory.path());
      return List.of(program.run(store), program.run(store));
    }
  }

  private static Settings store(Path parent) {
    return Settings.builder().directory(parent.resolve("store")).build();
  }

  static Compiled compile(String source) {
    return Compiled.of(HEAD + source);
  }
}
