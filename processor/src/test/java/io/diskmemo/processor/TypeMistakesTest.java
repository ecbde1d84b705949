package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeMistakesTest {
  private static final String METHOD = "@DiskMemoize public int size() { return 1; }";

  @Test
  void sealedClass() {
    assertThat(Mistakes.inSource("sealed class Service permits Other {" + METHOD + "}\n"
            + "final class Other extends Service {}\n"))
        .startsWith("[DiskMemo-FinalClass] Service is sealed and permits only Other, so the wrapper"
            + " cannot extend it; annotate the method in Other instead,");
  }

  @Test
  void sealedInterface() {
    assertThat(Mistakes.inSource("""
            sealed interface Service { @DiskMemoize int size(); }
            record Other(int size) implements Service {}
            final class Third implements Service { @Override public int size() { return 3; } }
            """))
        .isEqualTo("[DiskMemo-FinalClass] Service is sealed and permits only Other, Third, so the"
            + " wrapper cannot extend it; annotate the method in each of Other, Third instead, or"
            + " put it into a class or interface that is not sealed");
  }

  @Test
  void permittedSubclassesCanBeWrapped() {
    Compiled.of("""
            package test;
            sealed interface Service { int size(); }
            record Other(int a) implements Service {
              @io.diskmemo.annotations.DiskMemoize @Override public int size() { return a; }
            }
            final class Third implements Service {
              @io.diskmemo.annotations.DiskMemoize @Override public int size() { return 3; }
            }
            """).succeeds();
  }

  @Test
  void annotation() {
    assertThat(Mistakes.inSource("class A {}\n@interface Service { @DiskMemoize int size(); }\n"))
        .isEqualTo(
            "[DiskMemo-FinalClass] Service is an annotation, so the wrapper cannot implement it; put"
                + " the method into an interface");
  }

  @Test
  void innerClass() {
    assertThat(Mistakes.inSource("class Outer { class Inner {" + METHOD + "} }\n"))
        .isEqualTo(
            "[DiskMemo-InnerClass] Inner is an inner class, whose instances a wrapper cannot make;"
                + " make it static or top-level");
  }

  @Test
  void privateNestedClass() {
    assertThat(Mistakes.inSource(
            "class A { private static class B { static class C {" + METHOD + "} } }\n"))
        .isEqualTo("[DiskMemo-NotAccessible] B is private, so the wrapper cannot see it; make it"
            + " package-private");
  }

  @Test
  void genericClass() {
    assertThat(Mistakes.inSource("class Box<T> { @DiskMemoize T a(T t) { return t; } }\n"))
        .isEqualTo(
            "[DiskMemo-TypeVariable] result has the type variable T, so the shape of its values is"
                + " not known at compile time; annotate a method of a subtype that writes the type"
                + " out");
    Compiled.of("""
            package test;
            class Box<T> { T a(T t) { return t; } }
            """, """
            package test;
            class Texts extends Box<String> {
              @io.diskmemo.annotations.DiskMemoize @Override String a(String t) { return t; }
            }
            """).succeeds();
  }

  @Test
  void genericInterface() {
    assertThat(Mistakes.inSource("interface Box<T> { @DiskMemoize int a(T t); }\n"))
        .startsWith("[DiskMemo-TypeVariable] parameter t has the type variable T,");
  }

  @Test
  void unimplementedMethod() {
    assertThat(Mistakes.inSource("abstract class A implements Runnable {" + METHOD + "}\n"))
        .isEqualTo("[DiskMemo-AbstractClass] A leaves run abstract, so the wrapper cannot be made;"
            + " implement it, or move the annotated methods to an interface");
  }

  @Test
  void onlyPrivateConstructors() {
    assertThat(Mistakes.inSource("class A { private A() {} " + METHOD + "}\n"))
        .isEqualTo(
            "[DiskMemo-NoConstructor] every constructor of A is private, so the wrapper cannot"
                + " extend it; make one package-private");
  }

  @Test
  void superclassOfThePlatform() {
    assertThat(Mistakes.inSource("class A extends Thread {" + METHOD + "}\n"))
        .isEqualTo(
            "[DiskMemo-Superclass] A extends java.lang.Thread, whose fields cannot be seen, so it is"
                + " not known what results depend on; move the method into a class that does not"
                + " extend it");
  }

  @Test
  void twoWrappersOfOneName() {
    assertThat(Mistakes.inSource(
            "class Outer { static class Inner {" + METHOD + "} }\n",
            "class Outer_Inner {" + METHOD + "}\n"))
        .isEqualTo(
            "[DiskMemo-Duplicate] the wrapper of Outer_Inner would be MemoizedOuter_Inner, which is"
                + " the wrapper of test.Outer.Inner; rename one of them");
  }

  @Test
  void wrapperThatExists() {
    assertThat(Mistakes.inSource("class Service {" + METHOD + "}\n", "class MemoizedService {}\n"))
        .isEqualTo(
            "[DiskMemo-Duplicate] the wrapper of Service would be MemoizedService, which exists"
                + " already; rename one of them");
  }

  @Test
  void privateTypeOfParameter() {
    assertThat(Mistakes.inSource("""
                class A {
                  private record P(int a) {}
                  @DiskMemoize int size(List<P> p) { return 1; }
                }
                """))
        .isEqualTo(
            "[DiskMemo-NotAccessible] test.A.P is not accessible from package test, where the"
                + " wrapper is; make it public or package-private");
  }

  @Test
  void privateTypeInsideResult() {
    assertThat(Mistakes.inSource("""
                class A {
                  private record P(int a) {}
                  record Q(P p) {}
                  @DiskMemoize Q size() { return null; }
                }
                """))
        .startsWith("[DiskMemo-NotAccessible] test.A.P is not accessible");
  }

  @Test
  void privateTypeOfConstructorParameter() {
    assertThat(Mistakes.inSource("class A { private enum P {} A(P p) {} " + METHOD + "}\n"))
        .startsWith("[DiskMemo-NotAccessible] test.A.P is not accessible");
  }

  @Test
  void runtimeThatIsMissing() {
    Compiled compiled = Compiled.withoutRuntime(
        "package test;\nimport io.diskmemo.annotations.*;\nclass A {" + METHOD + "}\n");

    assertThat(compiled.errors())
        .containsExactly("[DiskMemo-NoRuntime] the wrapper of A needs the runtime; add"
            + " io.diskmemo:diskmemo-runtime to the dependencies, and in a module \"requires"
            + " io.diskmemo.runtime\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A { Object o = new Object() { @DiskMemoize int size() { return 1; } }; }",
        "class A { void run() { class Local { @DiskMemoize int size() { return 1; } } } }",
        "class A { void run() { class Local { class In { @DiskMemoize int size() { return 1; } } } } }",
        "class A { Runnable r = () -> { new Object() {"
            + " @io.diskmemo.annotations.DiskMemoize int size() { return 1; } }; }; }",
        "enum A { ONE { @DiskMemoize int size() { return 1; } }; int size() { return 0; } }",
      })
  void classInBody(String source) {
    String other = "class Other { @DiskMemoize int other() { return 1; } }";
    assertThat(Mistakes.inSource(source, other))
        .isEqualTo("[DiskMemo-InnerClass] size is a method of a class in a body, of which a wrapper"
            + " cannot make instances; move it to a static or top-level class");
    assertThat(Mistakes.placeIn(source, other)).contains("size");
  }

  @Test
  void annotationOfAnotherLibraryInBodyIsNotOurs() {
    Compiled.of("""
            package test;
            class A {
              @interface DiskMemoize {}
              Object o() { return new Object() { @DiskMemoize int size() { return 1; } }; }
              @io.diskmemo.annotations.DiskMemoize int other() { return 1; }
            }
            """).succeeds();
  }

  @Test
  void wrappersWhoseFilesDifferOnlyInCase() {
    assertThat(Mistakes.inSource(
            "class Geo { static class Map { @DiskMemoize int a() { return 1; } } }",
            "class Geo_map { @DiskMemoize int a() { return 1; } }"))
        .isEqualTo(
            "[DiskMemo-Duplicate] the wrapper of Geo_map would be MemoizedGeo_map, which differs"
                + " only in case from the wrapper of test.Geo.Map, so that both are one file on macOS and"
                + " Windows; rename one of them");
  }
}
