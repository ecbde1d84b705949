package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.codec.ValueWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Damaged bytes end in an exception or in a value that can be written; never in an error. */
class CodecFuzzTest {
  private static final int SHORT_FORM = 20_000;
  private static final int INPUTS = Integer.getInteger("tests.fuzz", SHORT_FORM);

  private static Encoded encoded;

  @BeforeAll
  static void encode() throws Exception {
    encoded = Encoded.madeBy("""
            class Main {
              enum Level { LOW, HIGH }
              sealed interface Expr {}
              record Num(long value, Level level) implements Expr {}
              record Sum(Expr left, Expr right, List<Expr> more) implements Expr {}
              record Row(String name, int[][] cells, Optional<Instant> time, Map<String, Set<Long>> map) {}
              record Numbers(byte b, Short s, char c, float f, Double d, BigDecimal decimal, UUID id) {}
              record All(List<Row> rows, Expr expr, Numbers numbers, ZonedDateTime time, String[] texts,
                  OptionalInt number, Map<Level, Numbers[]> byLevel, byte[] bytes, URI uri, Path path) {}
              @DiskMemoize All value() { return make(); }
              static All make() {
                Numbers numbers = new Numbers((byte) 1, null, 'c', 1f, -0d, new BigDecimal("1.50"), new UUID(1, 2));
                Expr num = new Num(7, Level.HIGH);
                return new All(
                    List.of(
                        new Row("a\u00e9", new int[][] {{1}, {2, 3}}, Optional.of(Instant.EPOCH), Map.of("k", Set.of(1L))),
                        new Row("\u4e2d", null, Optional.empty(), Map.of())),
                    new Sum(num, null, List.of(new Sum(num, num, List.of(num)), num)),
                    numbers,
                    Instant.EPOCH.atZone(ZoneId.of("Pacific/Auckland")),
                    new String[] {"x".repeat(200), null},
                    OptionalInt.of(3),
                    new TreeMap<>(Map.of(Level.LOW, new Numbers[] {numbers, null})),
                    new byte[] {1, 2},
                    URI.create("a:b"),
                    Path.of("p"));
              }
            }
            """);
  }

  @Test
  void damagedBytesEndInAnExceptionOrAValue() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    int values = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] damaged = damaged(random);
      try {
        values += isValue(damaged) ? 1 : 0;
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + HexFormat.of().formatHex(damaged), e);
      }
    }
    if (INPUTS > SHORT_FORM) {
      System.out.printf("generated codec: inputs=%d values=%d seed=%d%n", INPUTS, values, seed);
    }

    assertThat(values).isBetween(INPUTS / 100, INPUTS / 2);
  }

  /** Whether the bytes are one; if so, it survives being written, and has one form from then on. */
  private static boolean isValue(byte[] bytes) {
    Object value;
    try {
      value = encoded.read(bytes);
    } catch (RuntimeException damage) {
      return false;
    }
    byte[] written = written(value);
    assertThat(written(encoded.read(written))).isEqualTo(written);
    return true;
  }

  private static byte[] written(Object value) {
    ValueWriter out = new ValueWriter();
    encoded.codec().write(out, value);
    return out.toBytes();
  }

  /** One to four changes: a bit, a byte, a piece cut out, repeated, or moved; or the end cut off. */
  private static byte[] damaged(Random random) {
    byte[] bytes = encoded.bytes().clone();
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      int end = Math.min(bytes.length, at + 1 + random.nextInt(16));
      switch (random.nextInt(7)) {
        case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2, 3 -> bytes[at] = (byte) random.nextInt();
        case 4 -> bytes = joined(bytes, List.of(0, at, end, bytes.length));
        case 5 -> bytes = joined(bytes, List.of(0, end, at, end, end, bytes.length));
        default ->
          bytes = random.nextBoolean()
              ? Arrays.copyOf(bytes, at)
              : joined(bytes, List.of(0, at, end, bytes.length, at, end));
      }
    }
    return bytes;
  }

  /** Pieces of the bytes, each given by where it begins and ends. */
  private static byte[] joined(byte[] bytes, List<Integer> pieces) {
    List<Byte> joined = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i += 2) {
      for (int at = pieces.get(i); at < pieces.get(i + 1); at++) {
        joined.add(bytes[at]);
      }
    }
    byte[] result = new byte[joined.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = joined.get(i);
    }
    return result;
  }
}
