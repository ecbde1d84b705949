package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeMistakesTest {
  private static final String OR_IGNORE =
      ", or annotate the parameter with @KeyIgnore if it does not influence the result";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Collection<String> | declare it as List",
        "Iterable<String>   | declare it as List",
        "ArrayList<String>  | declare it as List",
        "Queue<String>      | declare it as List",
        "Iterator<String>   | declare it as List",
        "Stream<String>     | declare it as List",
        "SortedSet<String>  | declare it as Set",
        "HashMap<String, Integer> | declare it as Map",
        "List               | give List its type arguments",
        "Set<Map>           | give Map its type arguments",
        "Date               | use java.time.Instant",
        "CharSequence       | use String",
        "List<?>            | name the type instead of the wildcard",
        "List<? super Integer> | name the type instead of the wildcard",
      })
  void unsupportedTypesHaveAWayOut(String type, String wayOut) {
    assertThat(Mistakes.inMethod("@DiskMemoize int size(" + type + " p) { return 1; }"))
        .startsWith("[DiskMemo-UnsupportedParameter] parameter p")
        .endsWith("; " + wayOut + OR_IGNORE);
    assertThat(Mistakes.inMethod("@DiskMemoize " + type + " size() { return null; }"))
        .startsWith("[DiskMemo-UnsupportedResult] result")
        .endsWith(", which cannot be stored; " + wayOut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Object", "Runnable", "List<? extends Number>", "Thread"})
  void typesThatAreNoData(String type) {
    assertThat(Mistakes.inMethod("@DiskMemoize int size(" + type + " p) { return 1; }"))
        .endsWith(
            "; use a record of what matters of it, or name a KeyEncoder with @KeyedBy" + OR_IGNORE);
    assertThat(Mistakes.inMethod("@DiskMemoize " + type + " size() { return null; }"))
        .endsWith(", which cannot be stored; use a record of what matters of it, or name a Codec"
            + " with @StoredBy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Service", "Map<Service, int[]>", "Service[][]"})
  void ownClasses(String type) {
    assertThat(Mistakes.inMethod("@DiskMemoize int size(" + type + " p) { return 1; }"))
        .endsWith(
            "; make Service a record, let it implement KeyEncodable, or name a KeyEncoder with"
                + " @KeyedBy" + OR_IGNORE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class X implements AutoCloseable { public void close() {} }",
        "class X extends Exception {}",
        "class X<T> {}",
        "abstract class X {}",
        "interface X {}",
        "class X implements Runnable { public void run() {} }",
      })
  void classesThatAreNoData(String declaration) {
    assertThat(Mistakes.inSource(
            "class A { @DiskMemoize X" + (declaration.contains("<T>") ? "<String>" : "")
                + " a() { return null; } }\n" + declaration))
        .startsWith("[DiskMemo-UnsupportedResult] result has type test.X");
  }

  @Test
  void pathLeadsToTheType() {
    String types = """
        record Table(Map<String, Optional<List<Row>>> rows) {}
        record Row(Thread[] cells) {}
        """;
    assertThat(Mistakes.inSource(
            "class A { @DiskMemoize int size(List<Table> t) { return 1; } }\n" + types))
        .startsWith(
            "[DiskMemo-UnsupportedParameter] parameter t[].rows[value].get()[].cells[] has type"
                + " java.lang.Thread, which");
    assertThat(Mistakes.inSource(
            "class A { @DiskMemoize List<Table> size() { return null; } }\n" + types))
        .startsWith("[DiskMemo-UnsupportedResult] result Table.rows[value].get()[].cells[] has type"
            + " java.lang.Thread, which");
  }

  @Test
  void resultItself() {
    assertThat(Mistakes.inMethod("@DiskMemoize Thread size() { return null; }"))
        .startsWith("[DiskMemo-UnsupportedResult] result has type java.lang.Thread, which");
    assertThat(Mistakes.inMethod("@DiskMemoize List<Thread> size() { return null; }"))
        .startsWith("[DiskMemo-UnsupportedResult] result[] has type java.lang.Thread, which");
  }

  @Test
  void recordThatGrowsWithoutEnd() {
    assertThat(Mistakes.inSource("""
                class A { @DiskMemoize Grow<String> size() { return null; } }
                record Grow<T>(Grow<List<T>> more) {}
                """))
        .startsWith("[DiskMemo-RecursiveType] result Grow.more.more.more")
        .endsWith(", which contains itself with ever larger type arguments, so that there is no end"
            + " to its shape; use the same type arguments inside");
  }

  @Test
  void wildcardOfGenericRecord() {
    assertThat(Mistakes.inSource("""
                class A { @DiskMemoize Box<? extends Integer> size() { return null; } }
                record Box<T>(T t) {}
                """)).endsWith("; name the type instead of the wildcard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"String", "byte[]", "List<Path>"})
  void fileContentOfSomethingElse(String type) {
    assertThat(
            Mistakes.inMethod("@DiskMemoize int size(@FileContent " + type + " p) { return 1; }"))
        .startsWith("[DiskMemo-FileContent] parameter p is @FileContent but has type ")
        .endsWith(", which names no file; make it a Path or a File, or take @FileContent from it");
  }

  @Test
  void fileContentThatIsIgnored() {
    assertThat(Mistakes.inMethod(
            "@DiskMemoize int size(@FileContent @KeyIgnore Path p) { return 1; }"))
        .isEqualTo(
            "[DiskMemo-FileContent] parameter p is both @FileContent and @KeyIgnore; take one of"
                + " them from it");
  }
}
