package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

/** Asserts on sources with one mistake. */
final class Mistakes {
  private static final String HEAD = """
      package test;
      import io.diskmemo.annotations.*;
      import java.io.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.stream.*;
      """;

  private Mistakes() {}

  /** The only error of a source, without package and imports, and that it keeps the wrapper away. */
  static String inSource(String source, String... others) {
    return in(source, others).errors().get(0);
  }

  /** What the only error points at. */
  static String placeIn(String source, String... others) {
    return in(source, others).places().get(0);
  }

  private static Compiled in(String source, String... others) {
    String[] sources = new String[others.length + 1];
    sources[0] = HEAD + source;
    for (int i = 0; i < others.length; i++) {
      sources[i + 1] = HEAD + others[i];
    }
    Compiled compiled = Compiled.of(sources);
    assertThat(compiled.errors()).hasSize(1);
    return compiled;
  }

  /** The only error of a class with one method. */
  static String inMethod(String method) {
    return inSource("class Service {\n  " + method + "\n}\n");
  }
}
