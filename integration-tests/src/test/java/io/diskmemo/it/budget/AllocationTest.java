package io.diskmemo.it.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes that a hit allocates in the thread that calls, in memory by the kind of the argument. Only the
 * JVM's own counter is read, so that the figures are the same on every machine.
 */
class AllocationTest {
  /** A record of one or two fields of four bytes: header 12, aligned to 8. */
  private static final double KEY_OF_ONE_FIELD = 16;

  private static final double KEY_OF_TWO_FIELDS = 24;

  /** The counter itself, and what the JVM does once in a while. */
  private static final double COUNTING = 0.5;

  /**
   * Interpreted, so that nothing is optimized away: what the code says. Where an argument is no
   * immutable value, the key's digest is made for each hit. When set, on JDK 17: 16, 16, 24, 16; 1080
   * for the list, 1361.5 for the bytes, 2680 for the file, 1303 decoded, of which 220 are the result; 2776 on disk.
   */
  private static final Map<Call, Double> INTERPRETED = limits(1200, 1500, 2950, 1450, 2900);

  /** Compiled. When set, on JDK 17: 0, 16, 24, 16; 776, 1089.5, 2248, 1031; 2272 on disk. */
  private static final Map<Call, Double> COMPILED = limits(860, 1200, 2480, 1140, 2330);

  @TempDir
  private Path directory;

  private static Map<Call, Double> limits(
      double list, double bytes, double file, double decoded, double onDisk) {
    return new EnumMap<>(Map.of(
        Call.INT, KEY_OF_ONE_FIELD,
        Call.STRING, KEY_OF_ONE_FIELD,
        Call.STRING_AND_INT, KEY_OF_TWO_FIELDS,
        Call.RECORD, KEY_OF_ONE_FIELD,
        Call.LIST, list,
        Call.BYTES, bytes,
        Call.FILE, file,
        Call.DECODED, decoded,
        Call.ON_DISK, onDisk));
  }

  @Test
  void interpreted() throws IOException {
    assertWithin(INTERPRETED, measure(Jvm.with("-Xint"), 2_000, 6_400));
  }

  /** The compilers work in the foreground. */
  @Test
  void compiled() throws IOException {
    assertWithin(COMPILED, measure(Jvm.with("-Xbatch"), 40_000, 64_000));
  }

  private static void assertWithin(Map<Call, Double> limits, Map<Call, Double> bytes) {
    assertThat(bytes).containsOnlyKeys(limits.keySet());
    limits.forEach((call, limit) ->
        assertThat(bytes.get(call)).as(call + " of " + bytes).isLessThan(limit + COUNTING));
  }

  private Map<Call, Double> measure(Jvm jvm, int before, int measured) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    Map<Call, Double> bytes = new EnumMap<>(Call.class);
    for (String line :
        jvm.run(AllocatingCaller.class, directory.resolve("store"), file, before, measured)) {
      String[] words = line.split(" ", -1);
      bytes.put(Call.valueOf(words[0]), Double.valueOf(words[1]));
    }
    return bytes;
  }
}
