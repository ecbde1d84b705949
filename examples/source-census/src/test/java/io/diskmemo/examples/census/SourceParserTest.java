package io.diskmemo.examples.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceParserTest {
  @TempDir
  Path directory;

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource(delimiterString = "=>", textBlock = """
          run();                                                             => 1
          if (a) run();                                                      => 2
          if (a) run(); else run();                                          => 2
          if (a) run(); else if (b) run();                                   => 3
          if (a && b || c) run();                                            => 4
          if (a & b) run();                                                  => 2
          while (a) run();                                                   => 2
          do run(); while (a);                                               => 2
          for (int i = 0; i < 9; i++) run();                                 => 2
          for (int i : all) run();                                           => 2
          int i = a ? 1 : 2;                                                 => 2
          try { run(); } catch (Exception e) { run(); } finally { run(); }   => 2
          switch (i) { case 1: case 2: run(); default: run(); }              => 3
          int k = switch (i) { case 1, 2 -> 7; default -> 8; };              => 2
          Runnable r = () -> { if (a) run(); };                              => 2
          Runnable r = new Runnable() { public void run() { if (a) f(); } }; => 1
          class Local { void f() { if (a) run(); } }                         => 1
          """)
  void eachBranchAddsOneToTheComplexityOfItsMethod(String body, int complexity) throws IOException {
    SourceMetrics metrics = parse("class A { void m() { " + body + " } }");

    assertThat(metrics.methods().get(0)).isEqualTo(new MethodMetrics("A.m()", complexity, 1));
  }

  @Test
  void methodsAreNamedByPackageTypesAndSignature() throws IOException {
    SourceMetrics metrics = parse("""
            package com.example;
            class Outer {
              Outer(int size) {}
              interface Inner { String find(String name, int[] more); }
              record Point(int x) { Point { } }
              Object o = new Runnable() { public void run() {} };
            }
            """);

    assertThat(metrics.methods())
        .extracting(MethodMetrics::name)
        .containsExactly(
            "com.example.Outer.Outer(int)",
            "com.example.Outer.Inner.find(String, int[])",
            "com.example.Outer.Point.Point",
            "com.example.Outer.new Runnable.run()");
  }

  @Test
  void namedTypesAreCountedAtAnyDepth() throws IOException {
    SourceMetrics metrics = parse("""
            class A { enum B {} record C() {} @interface D {} void m() { class E {} } }
            interface F { Object anonymous = new Object() {}; }
            """);

    assertThat(metrics.types()).isEqualTo(6);
  }

  @Test
  void blocksAreNotStatements() throws IOException {
    SourceMetrics metrics = parse("class A { static { f(); } void m() { { int i; } return; } }");

    assertThat(metrics.statements()).isEqualTo(3);
  }

  @Test
  void importsAreKeptAsWritten() throws IOException {
    SourceMetrics metrics =
        parse("import java.util.List; import java.io.*; import static a.B.c; class A {}");

    assertThat(metrics.imports()).containsExactlyInAnyOrder("java.util.List", "java.io.*", "a.B.c");
  }

  @Test
  void theLongestMethodHasMostLines() throws IOException {
    SourceMetrics metrics =
        parse("class A {\n void f() {}\n void g() {\n\n }\n int h() {\n\n return 1; }\n}");

    assertThat(metrics.longestMethod()).contains(new MethodMetrics("A.g()", 1, 3));
  }

  @Test
  void aFileWithoutMethodsHasNoLongestMethod() throws IOException {
    assertThat(parse("enum A {}").longestMethod()).isEmpty();
  }

  @Test
  void aFileThatIsNotJavaHasAProblemAndNoMetrics() throws IOException {
    SourceMetrics metrics = parse("class A {\n  void m( {}\n}");

    assertThat(metrics.problem())
        .hasValueSatisfying(text -> assertThat(text).startsWith("(line 2"));
    assertThat(metrics).isEqualTo(SourceMetrics.unparsed(metrics.problem().orElseThrow()));
  }

  @Test
  void bytesThatAreNotUtf8DoNotStopTheParser() throws IOException {
    Path file = directory.resolve("Latin.java");
    Files.write(file, "/* \u00e9 */ class Latin {}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(new SourceParser().parse("demo", file).types()).isEqualTo(1);
  }

  @Test
  void theMetricsDoNotDependOnTheNameOfTheFile() throws IOException {
    String source = "class A { void m() {} }";

    assertThat(parse("One.java", source)).isEqualTo(parse("Two.java", source));
    assertThat(parse("One.java", "class {")).isEqualTo(parse("Two.java", "class {"));
  }

  @Test
  void aFileThatCannotBeReadIsReportedByTheParserItself() {
    Path missing = directory.resolve("Missing.java");

    assertThatThrownBy(() -> new SourceParser().parse("demo", missing))
        .isInstanceOf(NoSuchFileException.class);
  }

  private SourceMetrics parse(String source) throws IOException {
    return parse("A.java", source);
  }

  private SourceMetrics parse(String name, String source) throws IOException {
    return new SourceParser().parse("demo", Files.writeString(directory.resolve(name), source));
  }
}
