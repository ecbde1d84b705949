package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.Codecs;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Geocoder} with its results kept by DiskMemo.
 *
 * <p>{@code locate(String, String)}
 *
 * <ul>
 *   <li>key: {@code country}, {@code street}
 *   <li>kind {@code geo}, version 2, kept for 30 days
 *   <li>tags: {@code country:{country}}
 *   <li>value: {@code Geocoder.Address}, immutable, one instance for all callers
 * </ul>
 *
 * <p>{@code distance(Geocoder.Address, Geocoder.Address)}
 *
 * <ul>
 *   <li>key: {@code from}, {@code to}
 *   <li>kind {@code geo}, version 1, kept for 90 seconds
 *   <li>tags: none
 *   <li>value: {@code int}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedGeocoder extends Geocoder {
  private static final MethodSpec<Geocoder.Address> LOCATE =
      MethodSpec.<Geocoder.Address>method("example.Geocoder", "locate", "java.lang.String",
          "java.lang.String")
          .returns("example.Geocoder.Address")
          .kind("geo")
          .version(2)
          .timeToLive(Duration.ofDays(30))
          .fingerprint("bcd4ea2eb27bc029879f2390efab0b26")
          .argumentsAreValues()
          .sharedResult(new AddressCodec())
          .build();

  private static final MethodSpec<Integer> DISTANCE =
      MethodSpec.<Integer>method("example.Geocoder", "distance", "example.Geocoder.Address",
          "example.Geocoder.Address")
          .returns("int")
          .kind("geo")
          .timeToLive(Duration.ofSeconds(90))
          .fingerprint("ddef29110b74735fbe631fcc6f28b3f0")
          .argumentsAreValues()
          .sharedResult(Codecs.of(int.class))
          .build();

  private final MemoizedMethod<Geocoder.Address> locate;

  private final MemoizedMethod<Integer> distance;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  public MemoizedGeocoder() {
    this(DiskMemo.shared());
  }

  /**
   * Keeps results in {@code memo}.
   */
  public MemoizedGeocoder(DiskMemo memo) {
    this.locate = memo.memoize(LOCATE);
    this.distance = memo.memoize(DISTANCE);
  }

  @Override
  public Geocoder.Address locate(String country, String street) {
    if (locate == null) { // called by the constructor of Geocoder
      return super.locate(country, street);
    }
    LocateArguments arguments = new LocateArguments(country, street);
    Hit<Geocoder.Address> hit = locate.find(arguments);
    return hit != null
        ? hit.value()
        : locate.compute(arguments, () -> super.locate(country, street));
  }

  /**
   * The result of {@code locate}, if there is one; computes nothing.
   */
  public Optional<Hit<Geocoder.Address>> peekLocate(String country, String street) {
    return locate.peek(new LocateArguments(country, street));
  }

  /**
   * Computes {@code locate}, and keeps the result in place of what is there.
   */
  public Geocoder.Address refreshLocate(String country, String street) {
    return locate.refresh(new LocateArguments(country, street),
        () -> super.locate(country, street));
  }

  /**
   * Evicts the result of {@code locate}; whether there was one.
   */
  public boolean evictLocate(String country, String street) {
    return locate.evict(new LocateArguments(country, street));
  }

  @Override
  protected int distance(Geocoder.Address from, Geocoder.Address to) {
    if (distance == null) { // called by the constructor of Geocoder
      return super.distance(from, to);
    }
    DistanceArguments arguments = new DistanceArguments(from, to);
    Hit<Integer> hit = distance.find(arguments);
    return hit != null ? hit.value() : distance.compute(arguments, () -> super.distance(from, to));
  }

  /**
   * The result of {@code distance}, if there is one; computes nothing.
   */
  protected Optional<Hit<Integer>> peekDistance(Geocoder.Address from, Geocoder.Address to) {
    return distance.peek(new DistanceArguments(from, to));
  }

  /**
   * Computes {@code distance}, and keeps the result in place of what is there.
   */
  protected int refreshDistance(Geocoder.Address from, Geocoder.Address to) {
    return distance.refresh(new DistanceArguments(from, to), () -> super.distance(from, to));
  }

  /**
   * Evicts the result of {@code distance}; whether there was one.
   */
  protected boolean evictDistance(Geocoder.Address from, Geocoder.Address to) {
    return distance.evict(new DistanceArguments(from, to));
  }

  private static void writeAddress(KeyWriter key, Geocoder.Address value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Geocoder$Address", 4);
    key.writeString(value.country());
    key.writeString(value.city());
    key.writeDouble(value.latitude());
    key.writeDouble(value.longitude());
  }

  private record LocateArguments(String country, String street) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeString(country);
      key.writeString(street);
    }

    @Override
    public List<String> tags() {
      return List.of("country:" + country);
    }
  }

  private record DistanceArguments(Geocoder.Address from,
      Geocoder.Address to) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      writeAddress(key, from);
      writeAddress(key, to);
    }
  }

  private static final class AddressCodec implements Codec<Geocoder.Address> {
    @Override
    public void write(ValueWriter out, Geocoder.Address value) {
      if (out.writeNull(value)) {
        return;
      }
      out.writeString(value.country());
      out.writeString(value.city());
      out.writeDouble(value.latitude());
      out.writeDouble(value.longitude());
    }

    @Override
    public Geocoder.Address read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      return new Geocoder.Address(in.readString(), in.readString(), in.readDouble(),
          in.readDouble());
    }
  }
}
