package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
