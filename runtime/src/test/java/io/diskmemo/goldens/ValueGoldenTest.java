package io.diskmemo.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.testkit.Codecs;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The value format, number 1, and what becomes of bytes that are damaged. */
class ValueGoldenTest {
  private static final int SHORT_FORM = 20_000;
  private static final int FUZZ = Integer.getInteger("tests.fuzz", SHORT_FORM);

  @Test
  void everyValueHasItsBytes() throws Exception {
    List<String> lines = new ArrayList<>(List.of("format 1"));
    for (Values.Sample sample : Values.all()) {
      lines.add(sample.name() + " = " + HexFormat.of().formatHex(sample.bytes()));
    }
    Golden.assertLines("values-1.txt", lines);
  }

  @Test
  void everyValueComesBack() {
    for (Values.Sample sample : Values.all()) {
      ValueReader in = new ValueReader(sample.bytes());
      Object read = sample.read(in);
      in.end();

      assertThat(read).as(sample.name()).isEqualTo(sample.value());
    }
  }

  @Test
  void valuesThatFollowEachOtherComeBackInOrder() {
    ValueWriter out = new ValueWriter();
    List<Values.Sample> samples = Values.all();
    samples.forEach(sample -> sample.writer().write(out));
    ValueReader in = new ValueReader(out.toBytes());
    for (Values.Sample sample : samples) {
      assertThat(sample.read(in)).as(sample.name()).isEqualTo(sample.value());
    }
    in.end();
  }

  /** Each value begins at each place before the end of the first buffer. */
  @Test
  void valuesThatDoNotFitTheBufferComeBack() {
    for (Values.Sample sample : Values.all()) {
      for (int before = 490; before <= 512; before++) {
        ValueWriter out = new ValueWriter();
        for (int i = 0; i < before; i++) {
          out.writeByte((byte) i);
        }
        sample.writer().write(out);
        byte[] bytes = out.toBytes();

        assertThat(Arrays.copyOfRange(bytes, before, bytes.length))
            .as(sample.name())
            .isEqualTo(sample.bytes());
        assertThat(bytes[before - 1]).isEqualTo((byte) (before - 1));
      }
    }
  }

  /** A codec may call a memoized method, whose result is written meanwhile. */
  @Test
  void valueThatIsWrittenWithinAnotherLeavesItAlone() {
    Codecs.Text text = new Codecs.Text();
    Codec<String> outer = new Codec<>() {
      @Override
      public void write(ValueWriter out, String value) {
        out.writeString(value);
        assertThat(ValueWriter.bytesOf(text, "inner")).isEqualTo(alone(text, "inner"));
        out.writeString(value);
      }

      @Override
      public String read(ValueReader in) {
        return in.readString() + in.readString();
      }
    };
    for (String value : List.of("a", "b".repeat(100_000), "c")) {
      assertThat(ValueWriter.bytesOf(outer, value)).isEqualTo(alone(outer, value));
    }
  }

  private static byte[] alone(Codec<String> codec, String value) {
    ValueWriter out = new ValueWriter();
    codec.write(out, value);
    return out.toBytes();
  }

  /** Rules of zones change; the instant that was stored would become another. */
  @Test
  void timeWithAnOffsetThatItsZoneHasNoMoreIsNoValue() {
    ValueWriter out = new ValueWriter();
    out.writeZonedDateTime(ZonedDateTime.parse("2024-07-01T12:00+02:00[Europe/Paris]"));
    String bytes = HexFormat.of().formatHex(out.toBytes());
    assertThat(bytes).contains("00001c20"); // two hours in seconds
    ValueReader in =
        new ValueReader(HexFormat.of().parseHex(bytes.replace("00001c20", "00000e10")));

    assertThatThrownBy(in::readZonedDateTime)
        .isInstanceOf(CorruptValueException.class)
        .hasMessage("2024-07-01T12:00 is not +01:00 in Europe/Paris, by the rules of this JDK");
  }

  @Test
  void pathThatItsStringDoesNotGiveBackIsNotStored() {
    Path path = Path.of(URI.create("file:///tmp/caf%E9"));
    assumeThat(path.toString()).contains("\uFFFD");

    assertThatThrownBy(() -> new ValueWriter().writePath(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file:///tmp/caf%E9");
  }

  @Test
  void bitsOfNumbersThatAreNoneComeBack() {
    ValueWriter out = new ValueWriter();
    out.writeDouble(Double.longBitsToDouble(0x7FF8000000001234L));
    out.writeFloat(Float.intBitsToFloat(0x7FC01234));
    ValueReader in = new ValueReader(out.toBytes());

    assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(0x7FF8000000001234L);
    assertThat(Float.floatToRawIntBits(in.readFloat())).isEqualTo(0x7FC01234);
  }

  @Test
  void sizesOfAllLengthsComeBackAndAreBoundByTheBytesLeft() {
    for (int size : new int[] {0, 1, 127, 128, 16_383, 16_384, 2_097_152}) {
      ValueWriter out = new ValueWriter();
      out.writeSize(size);
      byte[] bytes = out.toBytes();

      assertThat(new ValueReader(Arrays.copyOf(bytes, bytes.length + size)).readSize())
          .isEqualTo(size);
      if (size > 0) {
        assertThatThrownBy(
                () -> new ValueReader(Arrays.copyOf(bytes, bytes.length + size - 1)).readSize())
            .isInstanceOf(CorruptValueException.class)
            .hasMessageContaining("exceeds the bytes left");
      }
    }
  }

  /** Each says that it has 2 GiB of elements. */
  @Test
  void noSizeIsBelievedThatTheBytesCannotHold() {
    byte[] lie = HexFormat.of().parseHex("01ffffffff0700000000");
    byte[] endless = HexFormat.of().parseHex("01ffffffffffffffff");
    for (Values.Sample sample : Values.all()) {
      if (sample.name().matches("(String|.*\\[]|URI|Path|File|BigInteger) .*")) {
        for (byte[] bytes : List.of(lie, endless)) {
          assertThatThrownBy(() -> sample.read(new ValueReader(bytes)))
              .as(sample.name())
              .isInstanceOf(CorruptValueException.class);
        }
      }
    }
  }

  @Test
  void truncatedValueIsNeverAValueOfTheWholeType() {
    for (Values.Sample sample : Values.all()) {
      byte[] bytes = sample.bytes();
      for (int length = 0; length < bytes.length; length++) {
        byte[] truncated = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> {
              ValueReader in = new ValueReader(truncated);
              sample.read(in);
              in.end();
            })
            .as("%s, %d bytes", sample.name(), length)
            .isInstanceOf(RuntimeException.class);
      }
    }
  }

  @Test
  void bytesThatAreLeftAreAnError() {
    for (Values.Sample sample : Values.all()) {
      byte[] bytes = sample.bytes();
      ValueReader in = new ValueReader(Arrays.copyOf(bytes, bytes.length + 1));
      sample.read(in);

      assertThatThrownBy(in::end)
          .isInstanceOf(CorruptValueException.class)
          .hasMessageStartingWith("1 bytes are left");
    }
  }

  @Test
  void damagedBytesGiveAValueOrARuntimeException() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<Values.Sample> samples = Values.all();
    int values = 0;
    for (int i = 0; i < FUZZ; i++) {
      Values.Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] damaged = damaged(sample.bytes(), random);
      try {
        ValueReader in = new ValueReader(damaged);
        sample.read(in);
        in.end();
        values++;
      } catch (RuntimeException expected) {
        // a miss
      } catch (Throwable e) {
        throw new AssertionError(
            "seed " + seed + ": " + sample.name() + " of " + HexFormat.of().formatHex(damaged), e);
      }
    }
    if (FUZZ > SHORT_FORM) {
      System.out.printf("value reader: inputs=%d values=%d seed=%d%n", FUZZ, values, seed);
    }
    assertThat(values).isBetween(1, FUZZ - 1);
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    if (random.nextInt(4) == 0) {
      damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length + 8));
    }
    for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
      int at = random.nextInt(Math.min(damaged.length, 12));
      damaged[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : damaged[at] ^ (1 << random.nextInt(8)));
    }
    return damaged;
  }
}
