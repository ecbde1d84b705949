package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Half-broken code, and code that other processors have still to write. */
class RoundsTest {

  /**
   * Writes {@code test.Late}, a record that is there from the third round on. It has an annotation of
   * its own, as a processor that supports "*" is not asked where all annotations are claimed.
   */
  private static final class LateProcessor extends AbstractProcessor {
    private int rounds;

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      rounds++;
      if (rounds == 1) {
        write("test.Early", "package test; class Early {}");
      }
      if (rounds == 2) {
        write(
            "test.Late", "package test; record Late(int a) { static final String TTL = \"2d\"; }");
      }
      return false;
    }

    private void write(String name, String source) {
      try (Writer out = processingEnv.getFiler().createSourceFile(name).openWriter()) {
        out.write(source);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("java.lang.FunctionalInterface");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }
  }

  private static final List<String> PLACES = List.of(
      "class A { @DiskMemoize int a(Late p) { return 1; } }",
      "class A { @DiskMemoize java.util.List<Late> a() { return null; } }",
      "class A { @DiskMemoize Outer a() { return null; } record Outer(Late[] l) {} }",
      "class A { @KeyPart Late late; @DiskMemoize int a() { return 1; } }",
      "class A { A(Late late) {} @DiskMemoize int a() { return 1; } }",
      "class A { @DiskMemoize(ttl = Late.TTL) int a() { return 1; } }",
      "class A { @DiskMemoize(tag = {\"a\", Late.TTL}) int a() { return 1; } }",
      "class A { @DiskMemoize(tag = \"{l.a}\") int a(Late l) { return 1; } }",
      "class A { void a(Late late) {} @DiskMemoize int a() { return 1; } }",
      "interface A { Late b(); @DiskMemoize int a(); }");

  private static String source(int place) {
    return "package test;\nimport io.diskmemo.annotations.*;\n" + PLACES.get(place);
  }

  private static Compiled withLateProcessor(String source) {
    return Compiled.withProcessors(
        List.of(new DiskMemoProcessor(), new LateProcessor()),
        source,
        "package test;\n@FunctionalInterface\ninterface Other { int a(); }\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void typesOfOtherProcessorsAreWaitedFor(int place) {
    assertThat(withLateProcessor(source(place)).succeeds().generatedNames()).contains("MemoizedA");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void missingTypesAreLeftToTheCompiler(int place) {
    Compiled compiled = Compiled.of(source(place));

    assertThat(compiled.errors()).isNotEmpty();
    assertThat(compiled.errors()).allMatch(error -> error.contains("Late"));
  }

  @Test
  void missingSuperclassIsLeftToTheCompiler() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A extends Missing { @DiskMemoize int a() { return 1; } }
            """);

    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0)).startsWith("cannot find symbol");
  }

  private static List<String> brokenSources() {
    return List.of(
        "class A { @DiskMemoize int a( { return 1; } }",
        "class A { @DiskMemoize(kind = 5) int a() { return 1; } }",
        "class A { @DiskMemoize(version = \"x\") int a() { return 1; } }",
        "class A { @DiskMemoize(nothing = 5) int a() { return 1; } }",
        "class A { @DiskMemoize(tag = {1, 2}) int a() { return 1; } }",
        "class A { @DiskMemoize int a() { return nothing; } }",
        "class A { @DiskMemoize a() { return 1; } }",
        "class A extends A { @DiskMemoize int a() { return 1; } }",
        "class A extends B { @DiskMemoize int a() { return 1; } } class B extends A {}",
        "interface A extends A { @DiskMemoize int a(); }",
        "class A { @DiskMemoize int a(List<String> l) { return 1; } }",
        "class A { @DiskMemoize int a(int i, int i) { return 1; } }",
        "class A { @DiskMemoize R a() { return null; } record R(R.S s, Missing m) {} }",
        "class A { @DiskMemoize int a() { return 1; } @DiskMemoize int a() { return 2; } }",
        "class A { @DiskMemoize @Missing int a() { return 1; } }",
        "class A { @DiskMemoize @DiskMemoize int a() { return 1; } }",
        "class A { @DiskMemoize class B { int a() { return 1; } } }");
  }

  @ParameterizedTest
  @MethodSource("brokenSources")
  void otherErrorsAreNotHidden(String source) {
    Compiled compiled = Compiled.of("package test;\nimport io.diskmemo.annotations.*;\n" + source);

    assertThat(compiled.errors()).isNotEmpty();
    assertThat(compiled.errors()).noneMatch(error -> error.contains("DiskMemo-"));
  }

  @ParameterizedTest
  @MethodSource({"brokenSources", "misplacedAnnotations"})
  void otherErrorsDoNotStopTheProcessor(String source) {
    Compiled compiled =
        Compiled.untilFlow("package test;\nimport io.diskmemo.annotations.*;\n" + source);

    assertThat(compiled.errors()).isNotEmpty();
    assertThat(compiled.errors()).noneMatch(error -> error.contains("DiskMemo-Internal"));
  }

  private static List<String> misplacedAnnotations() {
    return List.of(
        "@DiskMemoize\nclass A {}",
        "@OneAtATime\ninterface A {}",
        "class A { @Throttled(permits = 1, period = \"1s\") int a; }",
        "class A { @DiskMemoize A() {} }",
        "class A { int a(@DiskMemoize int b) { return 1; } }",
        "record A(@DiskMemoize int a) { @DiskMemoize int b() { return 1; } }",
        "class A<@KeyIgnore T> { @DiskMemoize int b() { return 1; } }",
        "@KeyPart @FileContent @KeyedBy(A.class) @StoredBy(A.class)\nclass A { int a; }",
        "class A { @KeyIgnore @StoredBy(A.class) static class B { int a; } }",
        "class A { @FileContent @KeyedBy(A.class) int a; @FileContent @KeyPart @KeyedBy(A.class) A() {} }");
  }

  @Test
  void mistakeBesideMissingTypeIsReportedOnceItIsThere() {
    Compiled compiled = withLateProcessor("""
            package test;
            import io.diskmemo.annotations.*;
            class A {
              int field;
              @DiskMemoize int a(Late p) { return 1; }
            }
            """);

    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0)).startsWith("[DiskMemo-ReceiverState]");
  }

  @Test
  void placesOfAnnotationsAreCheckedInEveryRound() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A { void a(@KeyIgnore int b) {} }
            """);

    assertThat(compiled.errors()).hasSize(1);
  }
}
