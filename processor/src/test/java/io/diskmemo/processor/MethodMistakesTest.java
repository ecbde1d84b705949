package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MethodMistakesTest {

  @Test
  void staticMethodBesideInstanceMethods() {
    assertThat(Mistakes.inMethod("""
                @DiskMemoize static int size() { return 1; }
                @DiskMemoize int other() { return 1; }
                """))
        .isEqualTo(
            "[DiskMemo-StaticMethod] size is static, so the wrapper cannot override it as it does"
                + " the annotated instance methods of Service; make it an instance method, or move"
                + " it to a class of its own");
  }

  @Test
  void finalMethod() {
    assertThat(Mistakes.inMethod("@DiskMemoize final int size() { return 1; }"))
        .isEqualTo(
            "[DiskMemo-FinalMethod] size is final, so the wrapper cannot override it; take final"
                + " from it");
  }

  @Test
  void nativeMethod() {
    assertThat(Mistakes.inMethod("@DiskMemoize native int size();"))
        .isEqualTo(
            "[DiskMemo-NativeMethod] size is native, so its code may do anything; annotate a method"
                + " that calls it");
  }

  @Test
  void abstractMethodOfClass() {
    assertThat(
            Mistakes.inSource("abstract class Service {\n @DiskMemoize abstract int size();\n}\n"))
        .isEqualTo(
            "[DiskMemo-AbstractMethod] size is abstract, so there is nothing to compute; annotate"
                + " the methods that implement it, or move it to an interface");
  }

  @Test
  void boxedVoid() {
    assertThat(Mistakes.inMethod("@DiskMemoize Void send() { return null; }"))
        .isEqualTo(
            "[DiskMemo-Void] send returns Void, so there is nothing to store; return a value or"
                + " remove @DiskMemoize");
  }

  @Test
  void privateStaticMethod() {
    assertThat(Mistakes.inMethod("@DiskMemoize private static int size() { return 1; }"))
        .isEqualTo(
            "[DiskMemo-PrivateMethod] size is private, so the wrapper cannot call it; make it"
                + " package-private");
  }

  @Test
  void mistakesAreReportedWhereTheyAre() {
    assertThat(Mistakes.placeIn("class A { @DiskMemoize(ttl = \"1y\") int a() { return 1; } }"))
        .startsWith("\"1y\"");
    assertThat(Mistakes.placeIn("class A { @DiskMemoize int a(Thread t) { return 1; } }"))
        .startsWith("t)");
    assertThat(Mistakes.placeIn("class A { @DiskMemoize Thread a() { return null; } }"))
        .startsWith("a()");
    assertThat(Mistakes.placeIn("class A { int f; @DiskMemoize int a() { return 1; } }"))
        .startsWith("f;");
    assertThat(Mistakes.placeIn(
            "class A { @DiskMemoize(tag = {\"a\", \"{b}\"}) int a() { return 1; } }"))
        .startsWith("\"{b}\"");
  }

  @Test
  void independentMistakesAreReportedTogether() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class Service {
              @DiskMemoize(kind = "A", ttl = "x", tag = "{")
              Thread a(Thread p, Runnable q) { return p; }
              @DiskMemoize void b() {}
              int field;
            }
            """);

    assertThat(compiled.errors().stream().map(error -> error.replaceAll(" .*", "")))
        .containsExactlyInAnyOrder(
            "[DiskMemo-BadKind]",
            "[DiskMemo-BadTtl]",
            "[DiskMemo-BadTag]",
            "[DiskMemo-UnsupportedResult]",
            "[DiskMemo-UnsupportedParameter]",
            "[DiskMemo-UnsupportedParameter]",
            "[DiskMemo-Void]",
            "[DiskMemo-ReceiverState]");
  }

  @Test
  void mistakeInOneClassDoesNotEndTheRound() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A { @DiskMemoize void a() {} }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            class B { @DiskMemoize void b() {} }
            """);

    assertThat(compiled.errors()).hasSize(2);
  }
}
