package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.processor.library.Coordinates;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecTest {

  @Test
  void specificationSaysWhatTheAnnotationSays() throws Throwable {
    Object result = Programs.run("""
            class Main {
              static class Inner {
                @DiskMemoize List<int[]> plain(Map<String, ? extends Inner.Level> a, String... b) { return null; }
                @DiskMemoize(kind = "geo-1", ttl = "36h", version = -3) int full() { return 1; }
                @DiskMemoize(ttl = "never") int never() { return 1; }
                enum Level {}
              }
              static Object run() {
                DiskMemo memo = new DiskMemo();
                new MemoizedMain_Inner(memo);
                return memo.specs.stream()
                    .map(s -> s + " " + s.kind() + " " + s.statesTimeToLive() + " " + s.timeToLive())
                    .toList();
              }
            }
            """);

    assertThat(result)
        .isEqualTo(List.of(
            "test.Main$Inner.plain(java.util.Map<java.lang.String, ? extends"
                + " test.Main.Inner.Level>,java.lang.String[])java.util.List<int[]> version 1"
                + " default false Optional.empty",
            "test.Main$Inner.full()int version -3 geo-1 true Optional[PT36H]",
            "test.Main$Inner.never()int version 1 default true Optional.empty"));
  }

  @Test
  void argumentsAreValuesWhereMemoryMayBeLookedUpByThem() throws Throwable {
    Object result = Programs.run("""
            class Main {
              record Plain(int a, Inner b) {}
              record Inner(String c) {}
              record Sloppy(String a) {
                @Override public boolean equals(Object o) { return true; }
                @Override public int hashCode() { return 1; }
              }
              record SloppyFinal(String a) {
                public final boolean equals(Object o) { return true; }
                public final int hashCode() { return 1; }
              }
              record OtherEquals(String a) {
                public boolean equals(String o) { return true; }
              }
              record SloppyAnnotated(String a) {
                public final boolean equals(@org.jspecify.annotations.Nullable Object o) { return true; }
                public final int hashCode() { return 1; }
              }
              record HoldsSloppy(Sloppy a) {}
              record HoldsList(List<String> a) {}
              enum Level {}
              @DiskMemoize int a() { return 1; }
              @DiskMemoize int b(int a, Long b, String c, Level d, UUID e, BigDecimal f, LocalDate g, Path h) { return 1; }
              @DiskMemoize int c(Plain a) { return 1; }
              @DiskMemoize int d(OtherEquals a) { return 1; }
              @DiskMemoize int e(int a, @KeyIgnore Thread t) { return 1; }
              @DiskMemoize int f(Sloppy a) { return 1; }
              @DiskMemoize int g(SloppyFinal a) { return 1; }
              @DiskMemoize int h(HoldsSloppy a) { return 1; }
              @DiskMemoize int i(HoldsList a) { return 1; }
              @DiskMemoize int j(URI a) { return 1; }
              @DiskMemoize int k(File a) { return 1; }
              @DiskMemoize int l(byte[] a) { return 1; }
              @DiskMemoize int m(Optional<String> a) { return 1; }
              @DiskMemoize int o(SloppyAnnotated a) { return 1; }
              @DiskMemoize int n(@FileContent Path a) { return 1; }
              static Object run() {
                DiskMemo memo = new DiskMemo();
                new MemoizedMain(memo);
                StringBuilder values = new StringBuilder();
                for (var spec : memo.specs) {
                  if (spec.argumentsAreValues()) {
                    values.append(spec.name().charAt("test.Main.".length()));
                  }
                }
                return values.toString();
              }
            }
            """);

    assertThat(result).isEqualTo("abcde");
  }

  @Test
  void recordOfAnotherJarIsNoValue() {
    String record = Coordinates.class.getCanonicalName();
    String source = Compiled.of("""
                package test;
                import io.diskmemo.annotations.*;
                class A { @DiskMemoize int a(%s c) { return 1; } }
                """.formatted(record)).succeeds().generated("test.MemoizedA");

    assertThat(source).doesNotContain("argumentsAreValues").contains("return a.call(arguments");
  }
}
