package io.diskmemo.benchmarks.codec;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.JmhSuite;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.codec.Places.Place;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.fory.Fory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** A record of ten fields to bytes and back, by the generated codec, Jackson and Fory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private static final double MOST_OF_FORY = 1.5;
  private static final double MOST_OF_JACKSON = 0.5;

  private final Place place = new Places().place(42);

  private final Codec<Place> codec = GeneratedCodec.of(MemoizedPlaces.class, "PLACE");
  private final ObjectWriter jsonWriter = JsonMapper.builder().build().writerFor(Place.class);
  private final ObjectReader jsonReader = JsonMapper.builder().build().readerFor(Place.class);
  private final Fory fory = fory();

  private final byte[] name = ascii(place.name());
  private final byte[] street = ascii(place.street());
  private final byte[] region = ascii(place.region());
  private final byte[] country = ascii(place.country());

  private byte[] bytes = {};
  private byte[] json = {};
  private byte[] foryBytes = {};

  /** Writes what is read. */
  @Setup
  public void write() {
    bytes = writeGenerated();
    json = writeJackson();
    foryBytes = writeFory();
  }

  /** The suite of these. */
  public static Suite suite() {
    return new JmhSuite(
        "Codec: a record of ten fields",
        "Four strings of ASCII, two doubles, a long, an int, a boolean and an enum; to a new byte"
            + " array, and from one. Fory in native mode with registered classes, one schema and no"
            + " references; Jackson with a writer and a reader of the type. `allocate` makes what a"
            + " caller gets and nothing more: what cannot be saved. What `readGenerated`"
            + " allocates above it is the reader, which the compiler saves only where it inlines the"
            + " whole codec; a reader kept by each thread would keep the program's class loader too.",
        CodecBenchmark.class,
        List.of(
            new Aim("writeGenerated", "writeFory", MOST_OF_FORY),
            new Aim("readGenerated", "readFory", MOST_OF_FORY),
            new Aim("writeGenerated", "writeJackson", MOST_OF_JACKSON),
            new Aim("readGenerated", "readJackson", MOST_OF_JACKSON),
            Aim.none("writeGenerated", "writeAllocate"),
            Aim.none("readGenerated", "readAllocate")));
  }

  private static Fory fory() {
    Fory fory = Fory.builder()
        .withXlang(false)
        .withCompatible(false)
        .withRefTracking(false)
        .requireClassRegistration(true)
        .build();
    fory.register(Place.class);
    fory.register(Places.Kind.class);
    return fory;
  }

  /** As the wrapper does. */
  @Benchmark
  public byte[] writeGenerated() {
    return ValueWriter.bytesOf(codec, place);
  }

  /** One call. */
  @Benchmark
  public byte[] writeJackson() {
    return jsonWriter.writeValueAsBytes(place);
  }

  /** One call. */
  @Benchmark
  public byte[] writeFory() {
    return fory.serialize(place);
  }

  /** The bytes of the value. */
  @Benchmark
  public byte[] writeAllocate() {
    return bytes.clone();
  }

  /** As the wrapper does. */
  @Benchmark
  public Place readGenerated() {
    ValueReader in = new ValueReader(bytes);
    Place read = codec.read(in);
    in.end();
    return read;
  }

  /** One call. */
  @Benchmark
  public Place readJackson() {
    return jsonReader.readValue(json);
  }

  /** One call. */
  @Benchmark
  public Place readFory() {
    return fory.deserialize(foryBytes, Place.class);
  }

  /** A record with four strings that nobody else has. */
  @Benchmark
  public Place readAllocate() {
    return new Place(
        place.id(),
        new String(name, StandardCharsets.ISO_8859_1),
        new String(street, StandardCharsets.ISO_8859_1),
        new String(region, StandardCharsets.ISO_8859_1),
        new String(country, StandardCharsets.ISO_8859_1),
        place.latitude(),
        place.longitude(),
        place.population(),
        place.capital(),
        place.kind());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
