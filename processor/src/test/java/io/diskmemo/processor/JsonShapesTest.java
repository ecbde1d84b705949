package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that are kept as JSON: what is in the fingerprint, and what is refused. */
class JsonShapesTest {
  private static final String SOURCE = """
      package test;
      import com.fasterxml.jackson.annotation.*;
      import io.diskmemo.annotations.*;
      import java.util.*;
      class Main {
        public static class Base<T> { public T base; }
        public static class Report extends Base<String> {
          private String title;
          public List<Row> rows;
          @JsonProperty("of") private int from;
          public transient int cache;
          public String getTitle() { return title; }
          public boolean isEmpty() { return rows.isEmpty(); }
        }
        public static class Row {
          private final Map<String, Cell> cells;
          public Row next;
          @JsonCreator public Row(@JsonProperty("cells") Map<String, Cell> cells) { this.cells = cells; }
          public Map<String, Cell> getCells() { return cells; }
        }
        public record Cell(Level level, Optional<long[]> numbers) {}
        public enum Level { LOW }
        @DiskMemoize Report value() { return new Report(); }
      }
      """;

  private static String fingerprint(String source) {
    return fingerprintIn(Compiled.strictlyWithForeignAnnotations(source));
  }

  private static String fingerprintIn(Compiled compiled) {
    return compiled
        .succeeds()
        .generated("test.MemoizedMain")
        .replaceAll("(?s).*\\.fingerprint\\(\"(\\w+)\"\\).*", "$1");
  }

  private static String changed(String from, String to) {
    String changed = SOURCE.replace(from, to == null ? "" : to);
    assertThat(changed).isNotEqualTo(SOURCE);
    return fingerprint(changed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public T base;            | public T bases;",
        "public T base;            | public List<T> base;",
        "Base<String>              | Base<Integer>",
        "extends Base<String>      | ",
        "List<Row> rows            | Set<Row> rows",
        "\"of\"                    | \"off\"",
        "private int from          | private long from",
        "getTitle() {              | getHeading() { return title; } public String getTitle() {",
        "boolean isEmpty           | boolean isVoid",
        "Map<String, Cell>         | Map<String, List<Cell>>",
        "public Row next;          | public Row next; public int more;",
        "public Row next;          | ",
        "Level level, Optional     | Level height, Optional",
        "Optional<long[]> numbers  | Optional<int[]> numbers",
        "Level                     | Degree",
      })
  void changesOfShapeChangeTheFingerprint(String from, String to) {
    assertThat(changed(from, to)).isNotEqualTo(fingerprint(SOURCE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "private String title;     | private String title; static int count; private final int two = 2;",
        "public transient int cache; | public transient long cached;",
        "{ return rows.isEmpty(); } | { return true; }",
        "{ LOW }                   | { LOW, HIGH }",
        "Map<String, Cell> cells) {| Map<String, Cell> given) { var cells = given;",
        "public Row next;          | public Row next; public void setPrevious(int other) {}",
      })
  void otherChangesDoNot(String from, String to) {
    assertThat(changed(from, to)).isEqualTo(fingerprint(SOURCE));
  }

  @Test
  void orderOfMembersDoesNotMatter() {
    String swapped = SOURCE
        .replace("public List<Row> rows;", "")
        .replace("private String title;", "public List<Row> rows; private String title;");
    assertThat(fingerprint(swapped)).isEqualTo(fingerprint(SOURCE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public Object held;                 | java.lang.Object",
        "public Map<String, Object> held;    | Pet.held[value] has type java.lang.Object",
        "public List held;                   | give List its type arguments",
        "public List<?> held;                | name the type instead of the wildcard",
        "public Comparable<String> held;     | java.lang.Comparable<java.lang.String>",
        "public Collection<String> held;     | declare it as List",
        "public TreeMap<String, Byte> held;  | declare it as Map",
        "public Map<List<String>, Byte> held;| use String as key",
        "public Tail held;                   | result Pet.held.deep has type java.lang.Thread",
        "public Tail[] held;                 | result Pet.held[].deep has type java.lang.Thread",
        "public Number held;                 | java.lang.Number",
        "public Path held;                   | use String, as Jackson makes paths absolute",
        "public Inner held; public class Inner {} | test.Main.Pet.Inner",
        "public Runnable getHeld() { return null; } | Pet.held() has type java.lang.Runnable",
      })
  void propertyThatWouldComeBackAsSomethingElse(String member, String message) {
    assertThat(mistake(member))
        .startsWith("[DiskMemo-UnsupportedResult] result Pet.held")
        .contains("which cannot be stored; ")
        .contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private int held;",
        "int held;",
        "protected int held; int getHeld() { return held; }",
        "private int held; public int held() { return held; }",
      })
  void fieldThatJacksonDoesNotSee(String member) {
    assertThat(mistake(member))
        .isEqualTo("[DiskMemo-UnsupportedResult] result Pet.held would be lost, as Pet is kept as"
            + " JSON and it is not public and has no getter; add one, make Pet a record, or name a"
            + " Codec with @StoredBy");
  }

  @Test
  void fieldOfASuperclassThatJacksonDoesNotSee() {
    assertThat(mistake("} public static class Cat extends Pet { private int claws;", "Cat"))
        .startsWith("[DiskMemo-UnsupportedResult] result Cat.claws would be lost");
    assertThat(mistake("private int held; } public static class Cat extends Pet {", "Cat"))
        .startsWith("[DiskMemo-UnsupportedResult] result Cat.held would be lost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@JsonIgnore public int held;",
        "private int held; @JsonIgnore public int getHeld() { return held; }",
        "public int held; @JsonIgnore public void setHeld(int newHeld) { held = newHeld; }",
      })
  void fieldThatJacksonIsToldToIgnore(String member) {
    assertThat(mistake(member))
        .startsWith("[DiskMemo-UnsupportedResult] result Pet.held would be lost, as Pet is kept as"
            + " JSON and Jackson is told to ignore it; make Pet a record");
  }

  @Test
  void classWithAFormOfItsOwn() {
    assertThat(mistake("public int held; @JsonValue public String text() { return \"\"; }"))
        .isEqualTo("[DiskMemo-UnsupportedResult] result Pet has a form of its own as JSON, by"
            + " @JsonValue, of which nothing is known; name a Codec with @StoredBy");
  }

  @Test
  void enumWithAFormOfItsOwn() {
    assertThat(
            mistake("public Size held; enum Size { ONE; @JsonValue public int n() { return 1; } }"))
        .startsWith("[DiskMemo-UnsupportedResult] result Pet.held has a form of its own");
  }

  @Test
  void fieldsOfOneName() {
    assertThat(mistake(
            "public int held; } public static class Cat extends Pet { public int held;", "Cat"))
        .startsWith("[DiskMemo-UnsupportedResult] result Cat.held would be lost, as Cat is kept as"
            + " JSON and another field has its name; rename one, make Cat a record");
  }

  /** What class files do not tell, such as names of parameters, is not in it. */
  @Test
  void fingerprintIsThatOfClassFilesToo(@TempDir Path directory) throws IOException {
    String types =
        SOURCE.replace("class Main", "public class Types").replaceAll("@DiskMemoize.*\\R", "");
    String main = """
        package test;
        import io.diskmemo.annotations.*;
        class Main { @DiskMemoize Types.Report value() { return null; } }
        """;
    for (Map.Entry<String, byte[]> type :
        Compiled.strictlyWithForeignAnnotations(types).classes().entrySet()) {
      Path file = directory.resolve(type.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, type.getValue());
    }

    assertThat(fingerprintIn(Compiled.withDirectory(directory.toFile(), main)))
        .isEqualTo(fingerprintIn(Compiled.strictlyWithForeignAnnotations(types, main)));
  }

  private static String mistake(String members) {
    return mistake(members, "Pet");
  }

  private static String mistake(String members, String result) {
    Compiled compiled = OnDisk.compile("""
        import com.fasterxml.jackson.annotation.*;
        class Main {
          public static class Pet { %s }
          public static class Tail { public Thread deep; }
          @DiskMemoize %s value() { return null; }
        }
        """.formatted(members, result));
    assertThat(compiled.errors()).hasSize(1);
    return compiled.errors().get(0);
  }

  @Test
  void subclassIsReturnedAndNotKept() throws Throwable {
    Object result = OnDisk.run("""
            public class Main {
              public static class Pet { public int age = 1; }
              public static class Cat extends Pet {}
              @DiskMemoize Pet pet(int number) { return number == 0 ? new Pet() : new Cat(); }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                for (int i = 0; i < 2; i++) {
                  main.pet(0);
                }
                return List.of(main.pet(1) instanceof Cat, main.pet(1) instanceof Cat,
                    Count.computed(memo), memo.kind("default").stats().refusedUnreadable());
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(true, true, 3L, 2L));
  }
}
