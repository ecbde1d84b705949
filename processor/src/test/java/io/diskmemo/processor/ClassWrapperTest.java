package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWrapperTest {

  @Test
  void equalArgumentsAreComputedOnce() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static Object run(DiskMemo memo) {
                Lengths lengths = new MemoizedLengths(memo);
                return List.of(
                    lengths.of("one"), lengths.of("one"), lengths.of("three"), lengths.of(null),
                    Count.computed(memo), memo.kind("default").stats().memoryHits());
              }
            }
            class Lengths {
              @DiskMemoize int of(String text) { return text == null ? -1 : text.length(); }
            }
            """);

    assertThat(result).isEqualTo(List.of(3, 3, 5, -1, 3L, 1L));
  }

  @Test
  void callsOnThisGoThroughTheCache() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize long fibonacci(int n) {
                return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
              }
              static Object run(DiskMemo memo) {
                return List.of(new MemoizedMain(memo).fibonacci(50), Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(12586269025L, 51L));
  }

  @Test
  void callsDuringConstructionAreNotMemoized() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @KeyIgnore final int atStart = a(1);
              @DiskMemoize int a(int b) { return b + 1; }
              static Object run(DiskMemo memo) {
                return List.of(new MemoizedMain(memo).atStart, Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(2, 0L));
  }

  @Test
  void methodThatASuperclassOverridesWithoutAnAnnotationIsNotMemoized() throws Throwable {
    Object result = OnDisk.run("""
            class Main extends Base implements Clock {
              @DiskMemoize int other() { return 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(main.now(), main.now(), main.other(), Count.computed(memo));
              }
            }
            interface Clock { @DiskMemoize default String now() { return "never"; } }
            class Base {
              @KeyIgnore private int calls;
              public String now() { return "now" + ++calls; }
            }
            """);

    assertThat(result).isEqualTo(List.of("now1", "now2", 1, 1L));
  }

  @Test
  void inheritedMethodOfAnInterfaceIsMemoized() throws Throwable {
    Object result = OnDisk.run("""
            class Main implements Clock {
              @KeyIgnore int calls;
              @DiskMemoize int other() { return 1; }
              public int next() { return ++calls; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(main.now(), main.now(), Count.computed(memo));
              }
            }
            interface Clock {
              int next();
              @DiskMemoize default String now() { return "now" + next(); }
            }
            """);

    assertThat(result).isEqualTo(List.of("now1", "now1", 1L));
  }

  @Test
  void wrapperOfAFinalClassHasNoMethodsThatOnlySubclassesCall() {
    String wrapper = Compiled.of("""
            package other;
            import io.diskmemo.annotations.*;
            public class Base {
              @DiskMemoize protected int hidden() { return 1; }
              @OneAtATime protected void gated() {}
              @DiskMemoize public int open() { return 1; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            final class A extends other.Base {
              @DiskMemoize int own() { return 1; }
              @DiskMemoize protected int near() { return 1; }
            }
            """).succeeds().generated("test.MemoizedA");

    assertThat(wrapper)
        .contains("delegate.own()", "delegate.near()", "delegate.open()")
        .doesNotContain("hidden", "gated");
  }

  @Test
  void checkedExceptionsComeThrough() {
    assertThatThrownBy(() -> OnDisk.run("""
                    class Main {
                      @DiskMemoize int size(String file) throws FileNotFoundException {
                        throw new FileNotFoundException(file);
                      }
                      static Object run(DiskMemo memo) throws FileNotFoundException {
                        return new MemoizedMain(memo).size("f");
                      }
                    }
                    """))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("f");
  }

  @Test
  void overloadsAreMemoizedApart() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize String a(int b) { return "int"; }
              @DiskMemoize String a(long b) { return "long"; }
              @DiskMemoize String a(Integer b) { return "Integer"; }
              @DiskMemoize String a(int... b) { return "ints"; }
              @DiskMemoize String a(List<Integer> b) { return "List"; }
              String a() { return "no"; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(
                    main.a(1), main.a(1L), main.a((Integer) 1), main.a(1, 1), main.a(List.of(1)), main.a());
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("int", "long", "Integer", "ints", "List", "no"));
  }

  @Test
  void namesThatClashWithGeneratedOnesAreNoTrouble() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Codec(int Hit) {}
              record Arguments(Codec c) {}
              static class KeyWriter {}
              static class A2Arguments {}
              @KeyPart int locate = 1;
              @KeyPart int memo = 2;
              Main(int A, String memo, int locate, KeyWriter writer) {}
              @DiskMemoize int locate(int locate, int arguments, int hit, int key, int tags, int hashCode) {
                return locate + arguments + hit + key + tags + hashCode;
              }
              @DiskMemoize Arguments hit(Codec value, String writeKey, Map<String, Codec> in) {
                return new Arguments(value);
              }
              @DiskMemoize int arguments(int memo) { return memo; }
              @DiskMemoize List<Arguments> a(int A, List<Codec> writeCodec, int this_, int delegate) {
                return List.of();
              }
              @DiskMemoize int a2(int super_) { return 5; }
              @DiskMemoize(tag = "{tags}:{key}") int A(int tags, String key) { return 6; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo, 1, "", 1, new KeyWriter());
                return List.of(
                    main.locate(1, 2, 3, 4, 5, 6), main.hit(new Codec(1), "", Map.of()).c().Hit(),
                    main.arguments(4), main.a(1, List.of(), 2, 3), main.a2(1), main.A(1, ""));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(21, 1, 4, List.of(), 5, 6));
  }

  @Test
  void methodsNamedLikeThoseOfKeysAndCodecsAreNoTrouble() {
    Compiled.strictly("""
            package test;
            import io.diskmemo.annotations.*;
            import io.diskmemo.codec.*;
            import io.diskmemo.key.KeyWriter;
            import java.util.List;
            public class A {
              public record Point(int x, int y) {}
              static class Base {
                static void writePoint(ValueWriter out, Point point) {}
                Point readPoint(ValueReader in) { return new Point(0, 0); }
              }
              static class B extends Base {
                protected void writePoint(KeyWriter key, Point point) {}
                @DiskMemoize List<Point> near(Point point) { return List.of(point); }
              }
            }
            """).succeeds();
  }

  @Test
  void wrapperOfNestedClassIsNamedAfterBoth() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Inner {
                static class Most { @DiskMemoize int a() { return 1; } }
              }
              static Object run(DiskMemo memo) {
                return new MemoizedMain_Inner_Most(memo).a();
              }
            }
            """);

    assertThat(result).isEqualTo(1);
  }

  @Test
  void accessIsThatOfTheOriginal() {
    String source = Compiled.of("""
                package test;
                import io.diskmemo.annotations.*;
                public class A {
                  protected A() {}
                  @DiskMemoize protected int a() { return 1; }
                  @DiskMemoize int b() { return 1; }
                  @DiskMemoize public int c() { return 1; }
                }
                """).succeeds().generated("test.MemoizedA");

    assertThat(source)
        .contains("\npublic final class MemoizedA extends A {")
        .contains("  protected MemoizedA(DiskMemo memo)")
        .contains("  protected int a()")
        .contains("  int b()")
        .contains("  public int c()");
  }

  @Test
  void wrapperIsNoMorePublicThanTheClassesAround() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A {
              public static class B { @DiskMemoize int a() { return 1; } }
              @DiskMemoize int a() { return 1; }
            }
            """);

    assertThat(compiled.generated("test.MemoizedA")).contains("\nfinal class MemoizedA ");
    assertThat(compiled.generated("test.MemoizedA_B")).contains("\nfinal class MemoizedA_B ");
  }

  @Test
  void classInTheUnnamedPackage() {
    Compiled.of("""
            import io.diskmemo.annotations.*;
            class A { @DiskMemoize int a() { return 1; } }
            """).succeeds();
  }

  @Test
  void classesNamedLikeThoseOfJavaLang() {
    Compiled.of(
            """
            package test;
            import io.diskmemo.annotations.*;
            class A { @DiskMemoize(tag = "{a}") java.lang.String a(java.lang.Integer a) { return ""; } }
            """,
            "package test;\nclass String {}\n",
            "package test;\nclass Integer {}\n",
            "package test;\n@interface Override {}\nclass Override2 {}\n"
                .replace("@interface Override {}\nclass Override2", "class Override"))
        .succeeds();
  }

  @Test
  void wrapperOfAnAbstractClassCanBeMadeByThoseWhoMayExtendIt() {
    Compiled.strictly("""
            package test;
            public abstract class A {
              protected A(int a) {}
              @io.diskmemo.annotations.DiskMemoize public int b() { return 1; }
            }
            """, """
            package other;
            class Main {
              test.A a = new test.MemoizedA(1);
            }
            """).succeeds();
  }

  @Test
  void wrapperAroundADelegateOverridesMethodsOfObject() {
    String wrapper = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            final class A {
              @DiskMemoize public String toString() { return ""; }
              @DiskMemoize public String text() { return ""; }
            }
            """).succeeds().generated("test.MemoizedA");

    assertThat(wrapper)
        .contains("  @Override\n  public String toString() {")
        .contains("\n\n  public String text() {");
  }

  @Test
  void commentNamesParametersAsTheSourceDoes() {
    String wrapper = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A {
              private final String f;
              A(@KeyPart String f) { this.f = f; }
              @DiskMemoize int size(String tags, int f) { return 1; }
            }
            """).succeeds().generated("test.MemoizedA");

    assertThat(wrapper).contains("<li>key: {@code f} of the receiver, {@code tags}, {@code f}\n");
  }
}
