package io.diskmemo.processor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Runs sources with a {@code DiskMemo} that is a map in memory. */
final class Programs {
  private static final String HEAD = """
      package test;
      import io.diskmemo.DiskMemo;
      import io.diskmemo.annotations.*;
      import java.io.*;
      import java.math.*;
      import java.net.URI;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      """;

  private Programs() {}

  /** What {@code Main.run()} returns; the first type of the source is {@code Main}. */
  static Object run(String source) throws Throwable {
    return compile(source).load().run("test.Main");
  }

  static Compiled compile(String source) {
    return Compiled.of(HEAD + source, diskMemo());
  }

  static String diskMemo() {
    try (InputStream in = Programs.class.getResourceAsStream("DiskMemo.java")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
