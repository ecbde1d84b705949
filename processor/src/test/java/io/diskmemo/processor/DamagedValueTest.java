package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.codec.CorruptValueException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What generated codecs make of bytes that are no value. */
class DamagedValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Set<Integer>; new LinkedHashSet<>(List.of(7, 8)); equal elements in a set of size 2",
        "Map<Integer, Integer>; new LinkedHashMap<>(Map.of(7, 1, 8, 1)); equal keys in a map of size 2",
      })
  void equalElementsAreDamage(String type, String value, String message) throws Exception {
    Encoded encoded = Encoded.madeBy("""
            class Main {
              @DiskMemoize %1$s value() { return make(); }
              static %1$s make() { return %2$s; }
            }
            """.formatted(type, value));
    byte[] bytes = encoded.bytes().clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 8 ? 7 : bytes[i];
    }

    assertThatThrownBy(() -> encoded.read(bytes))
        .isInstanceOf(CorruptValueException.class)
        .hasMessage(message);
  }

  @Test
  void resultWhoseElementsAreReadAsEqualIsReturnedAndNotKept(@TempDir Path directory)
      throws Exception {
    List<String> output = new ChildJvm(directory).run("""
            class Main {
              record Odd(int x) { public int x() { return 7; } }
              @DiskMemoize Set<Odd> value() { return Set.of(new Odd(1), new Odd(2)); }
              public static void main(String[] arguments) {
                System.out.println(new MemoizedMain().value().size() + " elements");
                Stats stats = DiskMemo.shared().kind("default").stats();
                System.out.println(stats.refusedUnreadable() + " refused, " + stats.entries() + " kept");
              }
            }
            """);

    assertThat(output)
        .startsWith(
            "[main] WARN io.diskmemo - test.Main.value()java.util.Set<test.Main.Odd> version 1:"
                + " a result cannot be written and read back, and is not kept")
        .endsWith("2 elements", "1 refused, 0 kept");
  }

  @Test
  void damagedBytesEndInAnExceptionAndNeverInAnError() throws Exception {
    Encoded encoded = Encoded.madeBy("""
            class Main {
              record Row(String name, int[][] cells, Optional<Instant> time, Map<String, Set<Long>> map) {}
              @DiskMemoize List<Row> value() { return make(); }
              static List<Row> make() {
                return List.of(
                    new Row("a", new int[][] {{1}, {2, 3}}, Optional.of(Instant.EPOCH), Map.of("k", Set.of(1L))),
                    new Row("b", null, Optional.empty(), Map.of()));
              }
            }
            """);
    byte[] whole = encoded.bytes();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        encoded.read(damaged);
      } catch (RuntimeException expected) {
        refused++;
      }
    }

    assertThat((List<?>) encoded.read(whole)).hasSize(2);
    assertThat(refused).isGreaterThan(15_000);
  }
}
