package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverMistakesTest {
  private static final String METHOD = "@DiskMemoize int size() { return 1; }";

  private static String mistake(String members) {
    return Mistakes.inSource("class A {\n" + members + "\n" + METHOD + "\n}\n");
  }

  @Test
  void waysOutDependOnTheField() {
    String start =
        "[DiskMemo-ReceiverState] field f of A is not in the key; if it influences results, put";
    String end = "; if not, annotate the field with @KeyIgnore";
    assertThat(mistake("int f;")).isEqualTo(start + " @KeyPart on it or a method f()" + end);
    assertThat(mistake("private final int f; A(int f) { this.f = f; }"))
        .isEqualTo(start + " @KeyPart on a constructor parameter f or a method f()" + end);
  }

  @Test
  void fieldOfSuperclass() {
    assertThat(Mistakes.inSource(
            "class A extends B { " + METHOD + " }\nclass B { private int depth; }\n"))
        .startsWith("[DiskMemo-ReceiverState] field depth of B is not in the key;");
  }

  @Test
  void mutableFieldBehindConstructorParameter() {
    assertThat(mistake("private int f; A(@KeyPart int f) { this.f = f; }"))
        .isEqualTo("[DiskMemo-ReceiverState] field f of A may change after the @KeyPart constructor"
            + " parameter f was kept; make the field final, or put @KeyPart on a method f()"
            + " instead");
  }

  @Test
  void privateKeyPartField() {
    assertThat(mistake("@KeyPart private int f;"))
        .isEqualTo("[DiskMemo-KeyPart] field f is private, so the wrapper cannot read it; make it"
            + " package-private, or put @KeyPart on a constructor parameter f or a method f()"
            + " instead");
  }

  @Test
  void keyPartAndKeyIgnore() {
    assertThat(mistake("@KeyPart @KeyIgnore int f;"))
        .isEqualTo(
            "[DiskMemo-KeyPart] field f is both @KeyPart and @KeyIgnore; take one of them from it");
  }

  @Test
  void constructorWithoutTheKeyPart() {
    assertThat(mistake("final int f; A(@KeyPart int f) { this.f = f; } A() { this(1); }"))
        .isEqualTo(
            "[DiskMemo-KeyPart] this constructor lacks the parameter @KeyPart int f of another, so"
                + " the key would lack it; add the parameter, make the constructor private, or put"
                + " @KeyPart on a method f() instead");
  }

  @Test
  void constructorWithTheKeyPartOfAnotherType() {
    assertThat(mistake(
            "final int f; A(@KeyPart int f) { this.f = f; } A(@KeyPart long f) { this(1); }"))
        .startsWith("[DiskMemo-KeyPart] this constructor lacks the parameter @KeyPart int f");
  }

  @Test
  void mutableConstructorParameter() {
    assertThat(mistake("final List<String> f; A(@KeyPart List<String> f) { this.f = f; }"))
        .isEqualTo("[DiskMemo-KeyPart] constructor parameter f has type"
            + " java.util.List<java.lang.String>, which the caller may change later; put @KeyPart"
            + " on the field f or on a method f() instead");
  }

  @Test
  void unsupportedKeyParts() {
    String reason =
        " has type java.lang.Thread, which has no canonical encoding for the key; use a";
    assertThat(mistake("@KeyPart Thread f;"))
        .startsWith("[DiskMemo-UnsupportedKeyPart] key part f" + reason)
        .endsWith(", or annotate the field with @KeyIgnore if it does not influence results");
    assertThat(mistake("@KeyPart Thread f() { return null; }"))
        .startsWith("[DiskMemo-UnsupportedKeyPart] key part f" + reason)
        .endsWith(", or take @KeyPart from it if it does not influence results");
    assertThat(mistake("A(@KeyPart Thread f) {}"))
        .startsWith("[DiskMemo-UnsupportedKeyPart] key part f" + reason);
  }

  @Test
  void keyPartMethods() {
    assertThat(mistake("@KeyPart private int f() { return 1; }"))
        .isEqualTo(
            "[DiskMemo-KeyPart] method f is @KeyPart, but the wrapper cannot call it; make it"
                + " protected");
    assertThat(mistake("@KeyPart int f() throws IOException { return 1; }"))
        .isEqualTo(
            "[DiskMemo-KeyPart] method f is @KeyPart, but throws a checked exception, which the"
                + " wrapper has nowhere to throw to; take the exception from it");
    assertThat(mistake("@KeyPart @DiskMemoize int f() { return 1; }"))
        .isEqualTo(
            "[DiskMemo-KeyPart] method f is both @KeyPart and @DiskMemoize, so its key would contain"
                + " its own result; take one of them from it");
  }

  @Test
  void keyPartThatIsNoState() {
    assertThat(mistake("private int f; @KeyPart int f(int a) { return 1; }"))
        .isEqualTo(
            "[DiskMemo-KeyPart] @KeyPart is on method f, which has parameters; annotate a method that"
                + " returns the state and has no parameters");
    assertThat(mistake("@KeyPart void f() {}"))
        .startsWith("[DiskMemo-KeyPart] @KeyPart is on method f, which returns nothing;");
    assertThat(mistake("@KeyPart static int f;"))
        .isEqualTo(
            "[DiskMemo-KeyPart] @KeyPart is on f, which is static and so no state of the receiver;"
                + " remove it");
    assertThat(mistake("@KeyPart static int f() { return 1; }"))
        .startsWith("[DiskMemo-KeyPart] @KeyPart is on f, which is static");
  }

  @Test
  void annotationsWithoutEffect() {
    assertThat(mistake("int other(@KeyIgnore int a) { return a; }"))
        .isEqualTo(
            "[DiskMemo-NoEffect] @KeyIgnore has no effect on a of a method or constructor that is not"
                + " annotated with @DiskMemoize; remove it");
    assertThat(mistake("int other(@FileContent Path a) { return 1; }"))
        .startsWith("[DiskMemo-NoEffect] @FileContent has no effect on a of");
    assertThat(mistake("A(@FileContent Path a) {}"))
        .startsWith("[DiskMemo-NoEffect] @FileContent has no effect on a of");
    assertThat(mistake("@DiskMemoize int other(@KeyPart int a) { return 1; }"))
        .isEqualTo(
            "[DiskMemo-NoEffect] @KeyPart has no effect on a of a method; parameters are in the key"
                + " anyway; remove it");
    assertThat(mistake("@KeyIgnore static int a;"))
        .isEqualTo(
            "[DiskMemo-NoEffect] @KeyIgnore has no effect on a of a class; static fields are not in"
                + " the key anyway; remove it");
    assertThat(mistake("record R(@FileContent Path a) {}"))
        .isEqualTo(
            "[DiskMemo-FileContent] @FileContent is on component a of a record, which would be"
                + " keyed by its name; give the memoized method the file as a parameter of its own, with"
                + " @FileContent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"size()", "this.size()", "Math.abs(1 + size())"})
  void keyPartThatCallsWhatItIsTheKeyOf(String call) {
    assertThat(mistake("@KeyPart int part() { return " + call + "; }"))
        .isEqualTo(
            "[DiskMemo-KeyPart] method part is @KeyPart and calls size, which is @DiskMemoize, so"
                + " that making the key of size would never end; compute the state without it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"size(1)", "other().size()", "new A() { int s() { return size(); } }.s()"})
  void keyPartThatCallsAnotherObjectOrMethod(String call) {
    Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A {
              @KeyPart int part() { return %s; }
              int size(int i) { return i; }
              String other() { return ""; }
              static class String { int size() { return 1; } }
              @DiskMemoize int size() { return 1; }
            }
            """.formatted(call).replace("String", "Other").replace("\"\"", "new Other()"))
        .succeeds();
  }

  @Test
  void delegateOfAFinalClassDoesNotCallItsWrapper() {
    Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            final class A {
              @KeyPart int part() { return size(); }
              @DiskMemoize int size() { return 1; }
            }
            """).succeeds();
  }

  @Test
  void accessorOfARecord() {
    assertThat(Mistakes.inSource(
            "record A(int size, int more) { @DiskMemoize public int size() { return size; } }"))
        .isEqualTo("[DiskMemo-KeyPart] component size of A is in the key, and its accessor is"
            + " @DiskMemoize, so its key would contain its own result; take @DiskMemoize from it, or"
            + " annotate the component with @KeyIgnore");
  }

  @Test
  void hiddenFieldOfAnotherPackage() {
    Compiled compiled = Compiled.of("""
            package other;
            public class Base { @io.diskmemo.annotations.KeyPart protected int x; }
            """, """
            package test;
            class A extends other.Base {
              @io.diskmemo.annotations.KeyPart int x;
              @io.diskmemo.annotations.DiskMemoize int size() { return 1; }
            }
            """);

    assertThat(compiled.errors())
        .containsExactly(
            "[DiskMemo-KeyPart] field x is hidden, and in another package, so the wrapper"
                + " cannot read it; make it public, or put @KeyPart on a constructor parameter x or a"
                + " method x() instead");
  }

  @Test
  void boundThatTheWrapperCannotSee() {
    assertThat(Mistakes.inSource("""
            class A {
              private interface Hidden {}
              static class B<T extends Hidden> { @DiskMemoize int size() { return 1; } }
            }
            """))
        .isEqualTo(
            "[DiskMemo-NotAccessible] test.A.Hidden is not accessible from package test, where"
                + " the wrapper is; make it public or package-private");
  }

  @Test
  void constructorParameterThatTheWrapperDoesNotSee() {
    String start =
        "[DiskMemo-KeyPart] constructor parameter name is @KeyPart, but the wrapper does not"
            + " extend A and so does not see it; put @KeyPart on ";
    assertThat(
            Mistakes.inSource("final class A {\n@KeyIgnore Thread t; A(@KeyPart String name) {}\n"
                + METHOD + "\n}\n"))
        .isEqualTo(start + "a field or a method name() instead");
    assertThat(Mistakes.inSource(
            "final class A { private final String name; A(@KeyPart String name) { this.name = name; }\n"
                + METHOD + "\n}\n"))
        .isEqualTo(start + "a field or a method name() instead");
    assertThat(Mistakes.inSource(
            "record A(@KeyIgnore Thread t) { A(@KeyPart String name) { this(new Thread(name)); }\n"
                + METHOD + "\n}\n"))
        .isEqualTo(start + "a method name() instead");
    assertThat(Mistakes.inSource(
            "enum A {\nONE(\"\"); A(@KeyPart String name) {}\n" + METHOD + "\n}\n"))
        .isEqualTo(start + "a method name() instead");
  }

  @Test
  void keyPartFieldOfAnEnum() {
    assertThat(Mistakes.inSource("enum A {\nONE; @KeyPart int f;\n" + METHOD + "\n}\n"))
        .isEqualTo(
            "[DiskMemo-KeyPart] @KeyPart is on field f of an enum, whose constants are in the key"
                + " by name; remove it, or put @KeyPart on a method f() if the field changes");
  }

  /** To the compiler it is a field. */
  @Test
  void keyPartConstantOfAnEnum() {
    assertThat(Mistakes.inSource("enum A {\n@KeyPart ONE;\n" + METHOD + "\n}\n"))
        .startsWith("[DiskMemo-KeyPart] @KeyPart is on ONE, which is static");
  }

  @Test
  void componentThatIsKeyPartAndIgnored() {
    assertThat(Mistakes.inSource("record A(@KeyPart @KeyIgnore int f) {\n" + METHOD + "\n}\n"))
        .isEqualTo(
            "[DiskMemo-KeyPart] component f is both @KeyPart and @KeyIgnore; take one of them"
                + " from it");
  }
}
