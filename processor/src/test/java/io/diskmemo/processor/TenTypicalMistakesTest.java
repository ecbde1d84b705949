package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The mistakes that people make first: each is one line that says what to do. */
class TenTypicalMistakesTest {

  @Test
  void voidMethod() {
    assertThat(Mistakes.inMethod("@DiskMemoize void send(String text) {}"))
        .isEqualTo(
            "[DiskMemo-Void] send returns void, so there is nothing to store; return a value or"
                + " remove @DiskMemoize");
  }

  @Test
  void privateMethod() {
    assertThat(Mistakes.inMethod("@DiskMemoize private int size(String text) { return 1; }"))
        .isEqualTo(
            "[DiskMemo-PrivateMethod] size is private, so the wrapper cannot override it; make it"
                + " package-private");
  }

  @Test
  void sealedClass() {
    assertThat(Mistakes.inSource("""
                sealed class Service { @DiskMemoize int size(String text) { return 1; } }
                final class Other extends Service {}
                """))
        .isEqualTo(
            "[DiskMemo-FinalClass] Service is sealed and permits only Other, so the wrapper cannot"
                + " extend it; annotate the method in Other instead, or put it into a class or"
                + " interface that is not sealed");
  }

  @Test
  void badTimeToLive() {
    assertThat(Mistakes.inMethod("@DiskMemoize(ttl = \"30 days\") int size() { return 1; }"))
        .isEqualTo(
            "[DiskMemo-BadTtl] ttl \"30 days\" is not a duration; did you mean \"30d\"? a ttl is"
                + " \"90s\", \"15m\", \"12h\", \"30d\", \"4w\", an ISO-8601 duration such as"
                + " \"PT15M\", or \"never\"");
  }

  @Test
  void unknownTagParameter() {
    assertThat(Mistakes.inMethod(
            "@DiskMemoize(tag = \"repo:{rpo}\") int size(String repo) { return 1; }"))
        .isEqualTo(
            "[DiskMemo-UnknownTagParameter] tag \"repo:{rpo}\" names rpo, which is no parameter of"
                + " size; did you mean {repo}?");
  }

  @Test
  void unsupportedParameter() {
    assertThat(Mistakes.inMethod("@DiskMemoize int size(Thread thread) { return 1; }"))
        .isEqualTo(
            "[DiskMemo-UnsupportedParameter] parameter thread has type java.lang.Thread, which has"
                + " no canonical encoding for the key; use a record of what matters of it, or name a KeyEncoder with @KeyedBy, or"
                + " annotate the parameter with @KeyIgnore if it does not influence the result");
  }

  @Test
  void unsupportedResult() {
    assertThat(Mistakes.inSource("""
                class Service {
                  interface Cell {}
                  record Row(Cell cell) {}
                  record Report(List<Row[]> rows) {}
                  @DiskMemoize Report report() { return null; }
                }
                """))
        .isEqualTo("[DiskMemo-UnsupportedResult] result Report.rows[][].cell has type"
            + " test.Service.Cell, which cannot be stored; use a record of what matters of it, or"
            + " name a Codec with @StoredBy");
  }

  @Test
  void mutableReceiverField() {
    assertThat(Mistakes.inSource("""
                class Service {
                  private String language;
                  @DiskMemoize int size() { return 1; }
                }
                """))
        .isEqualTo(
            "[DiskMemo-ReceiverState] field language of Service is not in the key; if it influences"
                + " results, put @KeyPart on a method language(); if not, annotate the field with"
                + " @KeyIgnore");
  }

  @Test
  void genericTypeVariable() {
    assertThat(Mistakes.inMethod("@DiskMemoize <T> T first(List<T> list) { return null; }"))
        .isEqualTo(
            "[DiskMemo-TypeVariable] result has the type variable T, so the shape of its values is"
                + " not known at compile time; write the type out, in one method for each type");
  }

  @Test
  void duplicate() {
    assertThat(Mistakes.inMethod(
            "@DiskMemoize(tag = {\"a:{a}\", \"b\", \"a:{a}\"}) int size(int a) { return 1; }"))
        .isEqualTo("[DiskMemo-Duplicate] tag \"a:{a}\" is there twice; remove one of them");
  }
}
