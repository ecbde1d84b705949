package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static final Pattern FINGERPRINT = Pattern.compile("fingerprint\\(\"([0-9a-f]+)\"\\)");

  private static final String SOURCE = """
      package test;
      import io.diskmemo.annotations.*;
      import java.util.*;
      class A {
        record Report(String title, List<Row> rows) {}
        record Row(int line, Map<String, Cell> cells) {}
        record Cell(Level level, long[] numbers, Cell2 other) {}
        record Cell2(int a) {}
        enum Level { LOW }
        @KeyPart int from;
        @KeyPart int to;
        @DiskMemoize Report report(Cell cell, int number) { return null; }
      }
      """;

  private static String fingerprint(String source) {
    Matcher matcher =
        FINGERPRINT.matcher(Compiled.of(source).succeeds().generated("test.MemoizedA"));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String changed(String from, String to) {
    String changed = SOURCE.replace(from, to);
    assertThat(changed).isNotEqualTo(SOURCE);
    return fingerprint(changed);
  }

  @Test
  void fingerprintIsSixteenBytesInHexadecimal() {
    assertThat(fingerprint(SOURCE)).hasSize(32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "String title                 | String heading",
        "String title, List<Row> rows | List<Row> rows, String title",
        "String title,                | String title, int more,",
        "int line,                    | long line,",
        "int line,                    | Integer line,",
        "int line,                    | ",
        "List<Row>                    | Set<Row>",
        "Map<String, Cell>            | Map<Level, Cell>",
        "Map<String, Cell>            | Map<String, List<Cell>>",
        "long[] numbers               | long[][] numbers",
        "Cell2(int a)                 | Cell2(int b)",
        "Level                        | Degree",
        "Row                          | Line",
        "Cell cell                    | List<Cell> cell",
        "int number                   | @KeyIgnore int number",
        "int from;                    | int start;",
        "int from;                    | long from;",
        "@KeyPart int to;             | @KeyIgnore int to;",
        "@DiskMemoize                 | @DiskMemoize(tag = \"t\")",
      })
  void changesOfShapeChangeIt(String from, String to) {
    assertThat(changed(from, to == null ? "" : to)).isNotEqualTo(fingerprint(SOURCE));
  }

  @Test
  void receiverPartsThatChangePlacesChangeIt() {
    String swapped = SOURCE
        .replace("int from;", "int x;")
        .replace("int to;", "int from;")
        .replace("int x;", "int to;");

    assertThat(fingerprint(swapped)).isNotEqualTo(fingerprint(SOURCE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cell2(int a) {}    | Cell2(int a) { int twice() { return 2 * a; } }",
        "Cell2(int a) {}    | Cell2(int a) { static int zero = 0; record Other(int b) {} }",
        "Cell2(int a) {}    | Cell2(int a) { Cell2 { a = 1; } }",
        "record Row         | /** A row. */ @Deprecated record Row",
        "{ LOW }            | { LOW, HIGH }",
        "int number         | int count",
        "int number         | int from",
        "{ return null; }   | { return new Report(\"\", List.of()); }",
        "@DiskMemoize       | @DiskMemoize(kind = \"k\", ttl = \"1d\")",
      })
  void otherChangesDoNot(String from, String to) {
    assertThat(changed(from, to)).isEqualTo(fingerprint(SOURCE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record Order(String id, @KeyIgnore int net, @KeyIgnore int tax) {}",
        "record Order(String id, Money m) {} record Money(int net, int tax) implements KeyEncodable {"
            + " public void encodeKey(KeyWriter key) {} }",
        "record Order(String id, @KeyedBy(ById.class) Money m) {} record Money(int net, int tax) {}"
            + " static class ById implements KeyEncoder<Money> {"
            + " public void encode(KeyWriter key, Money m) {} }",
        "sealed interface Order permits Paid {}"
            + " record Paid(@KeyIgnore int net, @KeyIgnore int tax) implements Order {}",
      })
  void resultHoldsWhatTheKeyOfItsTypeLeavesOut(String types) {
    String source = """
        package test;
        import io.diskmemo.annotations.*;
        import io.diskmemo.key.*;
        class A {
          %s
          @DiskMemoize Order priced(Order order) { return order; }
        }
        """;
    String swapped = types.replace("int net", "int x").replace("int tax", "int net");

    assertThat(fingerprint(source.formatted(swapped.replace("int x", "int tax"))))
        .isNotEqualTo(fingerprint(source.formatted(types)));
  }

  @Test
  void recordThatIsAlsoInJsonHasItsOrderInIt() {
    String source = """
        package test;
        import io.diskmemo.annotations.*;
        class A {
          record Both(Bean bean, Money money) {}
          static class Bean { public Money money; }
          record Money(%s) {}
          @DiskMemoize Both both() { return null; }
        }
        """;

    assertThat(fingerprint(source.formatted("int net, int tax")))
        .isNotEqualTo(fingerprint(source.formatted("int tax, int net")));
  }

  private static String fingerprintWithTags(String tags) {
    return fingerprint("""
        package test;
        class A { @io.diskmemo.annotations.DiskMemoize(tag = {%s}) int a() { return 1; } }
        """.formatted(tags));
  }

  @Test
  void tagsAreToldFromSignsInTags() {
    assertThat(Stream.of(
                "\"a#b\"",
                "\"a\", \"b\"",
                "\"a#\", \"b\"",
                "\"a\", \"#b\"",
                "\"a##b\"",
                "\"a#\", \"#b\"")
            .map(FingerprintTest::fingerprintWithTags))
        .doesNotHaveDuplicates();
  }

  @Test
  void boundOfAnIgnoredVariableIsInIt() {
    String source = """
        package test;
        import io.diskmemo.annotations.*;
        class A {
          @DiskMemoize <T extends %s> String a(@KeyIgnore T[] t, int n) { return ""; }
        }
        """;

    assertThat(fingerprint(source.formatted("Number")))
        .isNotEqualTo(fingerprint(source.formatted("CharSequence")))
        .isEqualTo(fingerprint(source.formatted("Number & Runnable")));
  }

  @Test
  void otherIgnoredTypesAreNotInIt() {
    String source = """
        package test;
        import io.diskmemo.annotations.*;
        class A<V extends Runnable> {
          @DiskMemoize <T extends %s> String a(@KeyIgnore V v, @KeyIgnore java.util.List<T> t, int n) {
            return "";
          }
        }
        """;

    assertThat(fingerprint(source.formatted("Number")))
        .isEqualTo(fingerprint(source.formatted("CharSequence")));
  }
}
