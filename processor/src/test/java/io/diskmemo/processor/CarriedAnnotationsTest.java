package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What wrappers repeat of the annotations of the original. */
class CarriedAnnotationsTest {
  private static final String SOURCE = """
      package test;
      import io.diskmemo.annotations.*;
      import java.lang.annotation.*;
      import java.util.*;
      import org.jspecify.annotations.Nullable;
      public class A {
        @interface Inject {}
        @interface Named { String value(); }
        @interface Of { Class<?>[] value(); }
        private @interface Hidden {}
        @Inject
        public A(@Named("home") @Hidden String home, @Nullable String @Nullable [] parts) {}
        @Deprecated @SafeVarargs @SuppressWarnings("unchecked") // to be carried over
        public A(@Nullable List<? extends @Nullable String>... lists) {}
        @DiskMemoize @Hidden
        public @Nullable Map<String, @Nullable Integer> map(
            @Named("x") @Nullable String text, @KeyIgnore @Of({String.class, Hidden.class}) List<@Nullable Integer> numbers, int @Nullable... rest) {
          return null;
        }
      }
      """;

  private static final String WRAPPER =
      Compiled.strictlyWithForeignAnnotations(SOURCE).succeeds().generated("test.MemoizedA");

  @Test
  void injectionIsForTheConstructorWithTheMemo() {
    assertThat(WRAPPER)
        .containsOnlyOnce("@A.Inject")
        .contains("  @A.Inject\n  public MemoizedA(DiskMemo memo, @A.Named(\"home\") String home,\n"
            + "      @Nullable String @Nullable [] parts) {");
  }

  @Test
  void deprecationAndSafeVarargsAreForAllConstructors() {
    assertThat(WRAPPER.split("@Deprecated\n  @SafeVarargs\n", -1)).hasSize(3);
  }

  @Test
  void methodsKeepNullness() {
    assertThat(WRAPPER)
        .contains("  public @Nullable Map<String, @Nullable Integer> map(")
        .contains("@A.Named(\"x\") @Nullable String text")
        .contains("List<@Nullable Integer> numbers")
        .contains("int @Nullable ... rest");
  }

  @Test
  void hiddenAndOwnAnnotationsAreLeftOut() {
    assertThat(WRAPPER).doesNotContain("Hidden").doesNotContain("@KeyIgnore");
  }

  /** It is what javac puts in the place of a class that does not exist yet. */
  @Test
  void textsOfAnnotationsMaySayAnything() {
    assertThat(OnDisk.compile("""
            class A {
              @SuppressWarnings({"<error>", "all"}) @DiskMemoize int a(int n) { return n; }
            }
            """).succeeds().generated("test.MemoizedA"))
        .contains("  int a(int n) {");
  }

  private static final String NOT_NULL = """
      package other;
      import java.lang.annotation.*;
      @Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
      public @interface NotNull {}
      """;

  @Test
  void annotationsForElementsAndForTypesAreRepeatedOnce() {
    String wrapper = Compiled.strictlyWithForeignAnnotations(NOT_NULL, """
            package test;
            import io.diskmemo.annotations.*;
            import java.util.*;
            import other.NotNull;
            public class A {
              public A(@KeyPart @NotNull String text, @NotNull int @NotNull [] @NotNull [] numbers) {}
              @DiskMemoize public @NotNull byte[] render(@NotNull String... names) { return new byte[0]; }
              @DiskMemoize public @NotNull List<@NotNull String[]> names(
                  @NotNull Integer @NotNull [][] a, Integer @NotNull [] b, @NotNull Map<String, String>[] c) {
                return List.of();
              }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            import other.NotNull;
            public interface B {
              @DiskMemoize @NotNull String[] names(@NotNull int[][] numbers);
              @NotNull byte[] other(@NotNull String[] names);
            }
            """)
        .succeeds()
        .generated("test.MemoizedA");

    assertThat(wrapper)
        .contains("  @NotNull\n  @Override\n  public byte[] render(@NotNull String... names) {")
        .contains(
            "  @NotNull\n  @Override\n  public List<@NotNull String[]> names(@NotNull Integer @NotNull [][] a,")
        .contains("Integer @NotNull [] b")
        .contains("@NotNull int @NotNull [] @NotNull [] numbers");
  }
}
