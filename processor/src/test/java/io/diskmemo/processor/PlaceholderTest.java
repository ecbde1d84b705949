package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One mistake is one error, however often the wrapper that it prevents is used. */
class PlaceholderTest {

  private static void assertOnlyError(String id, String source, String use) {
    Compiled compiled = Compiled.untilFlow(
        "package test;\nimport io.diskmemo.annotations.*;\n" + source, """
            package other;
            import io.diskmemo.DiskMemo;
            import test.*;
            class Main {
              %s
            }
            """.formatted(use));

    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0)).startsWith("[DiskMemo-" + id + "]");
  }

  @Test
  void usesOfASubclass() {
    assertOnlyError("Void", """
        public class A {
          public A(int a, String... b) throws java.io.IOException {}
          @DiskMemoize public void a() {}
          @DiskMemoize public int b() { return 1; }
        }
        """, """
        A make(DiskMemo memo) throws java.io.IOException {
          MemoizedA a = new MemoizedA(1, "b");
          return a.b() == 1 ? a : new MemoizedA(memo, 1);
        }
        """);
  }

  @Test
  void usesOfADelegatingWrapper() {
    assertOnlyError(
        "UnsupportedParameter",
        """
        public interface A {
          @DiskMemoize int a(Thread thread);
          int b();
        }
        """,
        "A make(DiskMemo memo, A a) { return new MemoizedA(memo, new MemoizedA(a)); }");
  }

  @Test
  void mentionsOfTheWrapperOfAClassThatCannotHaveOne() {
    assertOnlyError(
        "FinalClass",
        "public sealed class A { @DiskMemoize public int a() { return 1; } static final class B extends A {} }",
        "MemoizedA a;");
  }
}
