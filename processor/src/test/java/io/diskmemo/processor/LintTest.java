package io.diskmemo.processor;

import org.junit.jupiter.api.Test;

/** Generated code has no warnings of its own, and none that its original has already. */
class LintTest {

  @Test
  void ordinaryClassHasNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            import java.io.IOException;
            import java.nio.file.Path;
            import java.util.*;
            public class A {
              public enum Level { LOW }
              public record Row(String name, int[][] cells, Map<Level, Set<Long>> map) {}
              private final String language;
              public A(@KeyPart String language) { this.language = language; }
              @DiskMemoize(tag = {"a:{name}", "{level}", "{row.name}"}, ttl = "1d")
              protected List<Row> rows(String name, Level level, Row row, @FileContent Path file)
                  throws IOException {
                return List.of();
              }
              @DiskMemoize public int size(List<? extends Row> rows, String... names) { return 1; }
            }
            """).succeeds();
  }

  @Test
  void ordinaryInterfaceHasNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            import java.util.*;
            public interface A {
              @DiskMemoize Optional<String> a(int b);
              <T> T b(T t);
              default void c() {}
            }
            """).succeeds();
  }

  @Test
  void serializableClassHasNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            public class A implements java.io.Serializable {
              private static final long serialVersionUID = 1;
              public A() {}
              @DiskMemoize public int a() { return 1; }
            }
            """).succeeds();
  }

  @Test
  void deprecatedMembersHaveNoWarnings() {
    Compiled.strictly(
            """
            package test;
            import io.diskmemo.annotations.*;
            public class A {
              @Deprecated(since = "1", forRemoval = true) public A(int a) {}
              @Deprecated public A(Old old) {}
              @SuppressWarnings("removal") // as users silence their own code
              public A() { this(1); }
              @Deprecated(forRemoval = true) @DiskMemoize public int a() { return 1; }
              @Deprecated @DiskMemoize(tag = "{old.a}") public int b(Old old) { return 1; }
              @SuppressWarnings("deprecation") // as above
              @DiskMemoize public Old c(Holder holder) { return null; }
            }
            """,
            "package test;\n@Deprecated\npublic record Old(@Deprecated int a) {}\n",
            "package test;\n@SuppressWarnings(\"deprecation\") // as above\npublic record Holder(java.util.List<Old> old) {}\n")
        .succeeds();
  }

  @Test
  void deprecatedClassHasNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            @Deprecated(forRemoval = true)
            public class A {
              public A() {}
              @DiskMemoize public int a() { return 1; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            @Deprecated
            public interface B {
              @DiskMemoize int a();
              @Deprecated int b();
            }
            """).succeeds();
  }

  @Test
  void rawTypesAndGenericVarargsHaveNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            import java.util.*;
            public class A {
              @SuppressWarnings("rawtypes") // as above
              public A(List raw) {}
              @SafeVarargs @SuppressWarnings("varargs") // as above
              public A(List<String>... lists) {}
              @SuppressWarnings("rawtypes") // as above
              @DiskMemoize public int a(@KeyIgnore Map raw) { return 1; }
              @SuppressWarnings("unchecked") // as above
              @DiskMemoize public int b(List<String>... lists) { return 1; }
            }
            """).succeeds();
  }

  @Test
  void safeVarargsAreSafeForCallersOfWrappers() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            import java.util.*;
            public final class A {
              @SafeVarargs
              @DiskMemoize public final int a(List<String>... lists) { return lists.length; }
              @SafeVarargs
              @OneAtATime public static <T> int b(Collection<T>... all) { return all.length; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            import java.util.*;
            public class B {
              @SafeVarargs
              @DiskMemoize public static int a(List<String>... lists) { return lists.length; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            import java.util.*;
            public enum C {
              ONE;
              @SafeVarargs
              @DiskMemoize final int a(int x, Map<String, Integer>... maps) { return x; }
            }
            """, """
            package test;
            import java.util.*;
            class User {
              int use(MemoizedA a, MemoizedB b, MemoizedC c) {
                a.evictA(List.of("x"), List.of());
                a.refreshA(List.of("x"));
                b.peekA(List.of("x"));
                return a.a(List.of("x"), List.of()) + a.b(List.of(1), Set.of(2)) + b.a(List.of("x"))
                    + c.a(1, Map.of("x", 1));
              }
            }
            """).succeeds();
  }

  @Test
  void nullnessAnnotationsAreNoTrouble() {
    Compiled.strictlyWithForeignAnnotations("""
            package test;
            import io.diskmemo.annotations.*;
            import java.util.*;
            import org.jspecify.annotations.*;
            @NullMarked
            public class A {
              public record Row(@Nullable String name, List<@Nullable Integer> cells, byte @Nullable [] bytes) {}
              private final @Nullable String language;
              public A(@KeyPart @Nullable String language) { this.language = language; }
              @DiskMemoize(tag = "{name}")
              public @Nullable Row row(@Nullable String name, @Nullable Integer @Nullable [] numbers, Map<String, @Nullable Row> rows) {
                return null;
              }
            }
            """).succeeds();
  }

  @Test
  void deprecatedAnnotationsHaveNoWarnings() {
    Compiled.strictlyWithForeignAnnotations(
            """
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings({"deprecation", "removal"}) // as users silence their own code
            public class A {
              @Old public A(@Old int a) {}
              @DiskMemoize public @Nullable String a(java.util.List<@Nullable String> all) { return ""; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings("deprecation") // as above
            public interface B {
              @DiskMemoize int a(@Old int a);
              int b(@Old int b);
            }
            """, "package test;\n@Deprecated\npublic @interface Old {}\n", """
            package test;
            import java.lang.annotation.*;
            @Deprecated(forRemoval = true)
            @Target(ElementType.TYPE_USE)
            public @interface Nullable {}
            """)
        .succeeds();
  }

  @Test
  void annotationsThatMentionDeprecatedThingsHaveNoWarnings() {
    Compiled.strictlyWithForeignAnnotations(
            """
            package test;
            import io.diskmemo.annotations.*;
            public class A {
              @interface Of { Class<?>[] value(); }
              @SuppressWarnings("deprecation") // as users silence their own code
              @DiskMemoize public int a(@Of({int.class, Old.class}) int a) { return 1; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            public class B {
              @interface At { Level value(); }
              @interface Both { At[] value(); }
              enum Level { @Deprecated LOW }
              @DiskMemoize public int a(@Both({@At(Level.LOW)}) int a) { return 1; }
            }
            """, "package test;\n@Deprecated\npublic class Old {}\n")
        .succeeds();
  }

  @Test
  void deprecatedConstructorsOfRecordsHaveNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            public class A {
              public record Row(java.util.List<String> a, int... b) { @Deprecated public Row {} }
              @DiskMemoize public Row a() { return null; }
            }
            """).succeeds();
  }

  @Test
  void boundsOfTypeVariablesHaveNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings("rawtypes") // as users silence their own code
            public class A<T extends Comparable> {
              @DiskMemoize public int a() { return 1; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings("deprecation") // as above
            public interface B<T extends java.util.List<? super Old>> {
              @DiskMemoize int a();
            }
            """, "package test;\n@Deprecated\npublic interface Old {}\n")
        .succeeds();
  }

  @Test
  void classesInDeprecatedOnesHaveNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            @Deprecated
            public class A {
              public static class Inner {
                @DiskMemoize public int a() { return 1; }
              }
              public record Row(int a) {}
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings("deprecation") // as users silence their own code
            public class B {
              @DiskMemoize public A.Row a() { return null; }
            }
            """).succeeds();
  }

  @Test
  void deprecatedMethodsThatAreDeclaredAnewHaveNoWarnings() {
    Compiled.strictly("""
            package test;
            public interface Base {
              @Deprecated int a();
              @Deprecated(forRemoval = true) int b();
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings({"deprecation", "removal"}) // as users silence their own code
            public interface B extends Base {
              @DiskMemoize int a();
              int b();
            }
            """).succeeds();
  }

  @Test
  void deprecatedComponentsHaveNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            public record A(String old) {
              @Deprecated public String old() { return old; }
              @DiskMemoize public int a() { return 1; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings("deprecation") // the compiler warns of it on the component's field
            public record B(@Deprecated String old) {
              @DiskMemoize public int a() { return 1; }
            }
            """).succeeds();
  }

  @Test
  void resourcesThatMayBeInterruptedHaveNoWarnings() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings("try") // as users silence their own code
            public interface A extends AutoCloseable {
              @DiskMemoize String get(String key);
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            @SuppressWarnings("try") // as above
            public class B implements AutoCloseable {
              @DiskMemoize public String get(String key) { return key; }
              @Override public void close() throws InterruptedException {}
            }
            """).succeeds();
  }
}
