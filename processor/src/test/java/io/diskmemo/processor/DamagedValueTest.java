package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated codecs make of bytes that are no value. */
class DamagedValueTest {
  private static final int LEVELS = 6;

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

  @ParameterizedTest
  @ValueSource(strings = {"String", "byte", "List<String>"})
  void sizeThatEveryLevelClaimsAnewIsRefusedAtTheSecond(String element) throws Exception {
    Encoded encoded = Encoded.madeBy("""
            class Main {
              @DiskMemoize %1$s value() { return make(); }
              static %1$s make() { return null; }
            }
            """.formatted(element + "[]".repeat(LEVELS)));
    byte[] hostile = new byte[1 << 20]; // zeros, each of which is a null
    byte[] level = {1, (byte) 0x80, (byte) 0x80, 0x30}; // present, of size 3 << 18
    for (int i = 0; i < LEVELS; i++) {
      System.arraycopy(level, 0, hostile, i * level.length, level.length);
    }

    assertThatThrownBy(() -> encoded.read(hostile))
        .isInstanceOf(CorruptValueException.class)
        .hasMessage("the sizes up to byte 8 exceed the bytes together");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Node; node(400)",
        "List<List<List<String>>>; List.of(nulls(), nulls())",
        "boolean[][]; new boolean[][] {new boolean[100], null, new boolean[0]}",
        "List<Level>; Collections.nCopies(200, Level.LOW)",
      })
  void legitimateSizesOfManyLevelsAreRead(String type, String value) throws Exception {
    Encoded encoded = Encoded.madeBy("""
            class Main {
              enum Level { LOW }
              record Node(List<Node> more) {}
              @DiskMemoize %1$s value() { return make(); }
              static %1$s make() { return %2$s; }
              static Node node(int depth) {
                return new Node(depth == 0 ? List.of() : Arrays.asList(node(depth - 1), null));
              }
              static List<List<String>> nulls() {
                return List.of(Collections.nCopies(50, null), Collections.nCopies(50, null));
              }
            }
            """.formatted(type, value));

    Object read = encoded.read(encoded.bytes());

    ValueWriter out = new ValueWriter();
    encoded.codec().write(out, read);
    assertThat(out.toBytes()).isEqualTo(encoded.bytes());
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
}
