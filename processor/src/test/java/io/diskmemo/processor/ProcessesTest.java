package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that is run, compiled again and run again, each time in a JVM of its own. */
class ProcessesTest {
  private static final String SOURCE = """
      class Main {
        enum Level { LOW }
        record Row(String name, int[] cells, Map<Level, Instant> times) {}
        @DiskMemoize(version = 1, tag = "row:{name}") List<Row> rows(String name, Level level) {
          return List.of(new Row(name, new int[] {1, 2}, Map.of(level, Instant.EPOCH)));
        }
        public static void main(String[] arguments) {
          Row row = new MemoizedMain().rows("a", Level.LOW).get(0);
          Stats stats = DiskMemo.shared().kind("default").stats();
          System.out.println(row.toString().contains("=a") + Arrays.toString(row.cells()) + row.times());
          System.out.println(stats.computations() + " computed, " + stats.diskHits() + " from disk");
        }
      }
      """;

  private static final String VALUE = "true[1, 2]{LOW=1970-01-01T00:00:00Z}";
  private static final List<String> COMPUTED = List.of(VALUE, "1 computed, 0 from disk");
  private static final List<String> FROM_DISK = List.of(VALUE, "0 computed, 1 from disk");

  @TempDir
  Path directory;

  private ChildJvm jvm;

  @BeforeEach
  void prepareJvm() {
    jvm = new ChildJvm(directory);
  }

  @Test
  void secondJvmAnswersFromDisk() throws Exception {
    assertThat(jvm.run(SOURCE)).isEqualTo(COMPUTED);
    assertThat(jvm.run(SOURCE)).isEqualTo(FROM_DISK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "String name,  | String title,",
        "version = 1   | version = 2",
      })
  void otherShapeOrVersionIsAMissAndLeavesTheOldResult(String from, String to) throws Exception {
    String changed = SOURCE.replaceFirst(from, to);
    assertThat(changed).isNotEqualTo(SOURCE);
    jvm.run(SOURCE);

    assertThat(jvm.run(changed)).isEqualTo(COMPUTED);
    assertThat(jvm.run(SOURCE)).isEqualTo(FROM_DISK);
  }

  @Test
  void newConstantAndNewCodeAreNoMiss() throws Exception {
    String changed =
        SOURCE.replace("{ LOW }", "{ NONE, LOW }").replace("Instant.EPOCH", "Instant.MAX");
    jvm.run(SOURCE);

    assertThat(jvm.run(changed)).isEqualTo(FROM_DISK);
  }

  private static final String JSON = """
      public class Main {
        public static class Base { public int base = 1; }
        public static class Pet extends Base {
          private String name = "rex";
          public int age = 3;
          public Tail tail = new Tail();
          public String getName() { return name; }
        }
        public static class Tail { public int length = 4; public Pet next; }
        @DiskMemoize Pet pet(int x) { return new Pet(); }
        public static void main(String[] arguments) {
          Pet pet = new MemoizedMain().pet(1);
          Stats stats = DiskMemo.shared().kind("default").stats();
          System.out.println(pet.getName());
          System.out.println(stats.computations() + " computed, " + stats.diskHits() + " from disk");
        }
      }
      """;

  private static final List<String> PET_COMPUTED = List.of("rex", "1 computed, 0 from disk");
  private static final List<String> PET_FROM_DISK = List.of("rex", "0 computed, 1 from disk");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public int age = 3;    | public int years = 3;",
        "public int age = 3;    | public long age = 3;",
        "public int age = 3;    | ",
        "public int age = 3;    | public int age = 3; public String more;",
        "public int length = 4; | public int size = 4;",
        "public int base = 1;   | public int bases = 1;",
      })
  void otherShapeOfAJsonClassIsAMissAndLeavesTheOldResult(String from, String to) throws Exception {
    assertThat(jvm.run(JSON)).isEqualTo(PET_COMPUTED);

    String changed = JSON.replace(from, to == null ? "" : to);
    assertThat(changed).isNotEqualTo(JSON);
    assertThat(jvm.run(changed)).isEqualTo(PET_COMPUTED);
    assertThat(jvm.run(JSON)).isEqualTo(PET_FROM_DISK);
  }

  /** The wrapper, and with it the fingerprint, is that of the first compilation. */
  @Test
  void jsonClassThatWasCompiledAgainWithoutItsWrapperIsAMiss() throws Exception {
    String added = JSON.replace("age = 3;", "age = 3; public String more = \"!\";")
        .replace("pet.getName()", "pet.getName() + pet.more");
    Path old = jvm.compile(JSON);
    assertThat(jvm.run(old, Jdk.ofThisProcess())).isEqualTo(PET_COMPUTED);

    Path mixed = jvm.compile(added);
    for (String wrapper : List.of("MemoizedMain", "MemoizedMain$PetArguments")) {
      Path file = Path.of("test", wrapper + ".class");
      Files.copy(old.resolve(file), mixed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(jvm.run(mixed, Jdk.ofThisProcess()))
        .containsSubsequence("rex!", "1 computed, 0 from disk");
  }
}
