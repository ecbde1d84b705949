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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Polygon} with its results kept by DiskMemo.
 *
 * <p>{@code area()}
 *
 * <ul>
 *   <li>key: {@code points} of the receiver
 *   <li>kind {@code polygons}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code double}, immutable, one instance for all callers
 * </ul>
 *
 * <p>{@code regular(int)}
 *
 * <ul>
 *   <li>key: {@code corners}
 *   <li>kind {@code polygons}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code Polygon}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedPolygon {
  private static final MethodSpec<Double> AREA =
      MethodSpec.<Double>method("example.Polygon", "area")
          .returns("double")
          .kind("polygons")
          .fingerprint("7f4b02cd46556c3b3df2706a9ad905be")
          .receiverMayChange()
          .sharedResult(Codecs.of(double.class))
          .build();

  private static final MethodSpec<Polygon> REGULAR =
      MethodSpec.<Polygon>method("example.Polygon", "regular", "int")
          .returns("example.Polygon")
          .kind("polygons")
          .fingerprint("dc9667b7d99b8d524d23d2d07e719bd6")
          .argumentsAreValues()
          .sharedResult(new PolygonCodec())
          .build();

  private final Polygon delegate;

  private final MemoizedMethod<Double> area;

  private final MemoizedMethod<Polygon> regular;

  /**
   * Keeps results of {@code delegate} in {@link DiskMemo#shared()}.
   */
  public MemoizedPolygon(Polygon delegate) {
    this(DiskMemo.shared(), delegate);
  }

  /**
   * Keeps results of {@code delegate} in {@code memo}.
   */
  public MemoizedPolygon(DiskMemo memo, Polygon delegate) {
    this.delegate = delegate;
    this.area = memo.memoize(AREA);
    this.regular = memo.memoize(REGULAR);
  }

  public double area() {
    AreaArguments arguments = new AreaArguments(delegate.points());
    return area.call(arguments, () -> delegate.area());
  }

  /**
   * The result of {@code area}, if there is one; computes nothing.
   */
  public Optional<Hit<Double>> peekArea() {
    return area.peek(new AreaArguments(delegate.points()));
  }

  /**
   * Computes {@code area}, and keeps the result in place of what is there.
   */
  public double refreshArea() {
    return area.refresh(new AreaArguments(delegate.points()), () -> delegate.area());
  }

  /**
   * Evicts the result of {@code area}; whether there was one.
   */
  public boolean evictArea() {
    return area.evict(new AreaArguments(delegate.points()));
  }

  public Polygon regular(int corners) {
    RegularArguments arguments = new RegularArguments(corners);
    Hit<Polygon> hit = regular.find(arguments);
    return hit != null
        ? hit.value()
        : regular.compute(arguments, () -> Polygon.regular(corners));
  }

  /**
   * The result of {@code regular}, if there is one; computes nothing.
   */
  public Optional<Hit<Polygon>> peekRegular(int corners) {
    return regular.peek(new RegularArguments(corners));
  }

  /**
   * Computes {@code regular}, and keeps the result in place of what is there.
   */
  public Polygon refreshRegular(int corners) {
    return regular.refresh(new RegularArguments(corners), () -> Polygon.regular(corners));
  }

  /**
   * Evicts the result of {@code regular}; whether there was one.
   */
  public boolean evictRegular(int corners) {
    return regular.evict(new RegularArguments(corners));
  }

  private static void writePointList(KeyWriter key, List<Polygon.Point> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginList(value.size());
    for (Polygon.Point element : value) {
      writePoint(key, element);
    }
  }

  private static void writePoint(KeyWriter key, Polygon.Point value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Polygon$Point", 2);
    key.writeDouble(value.x());
    key.writeDouble(value.y());
  }

  private static void writePointList(ValueWriter out, List<Polygon.Point> value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeSize(value.size());
    for (Polygon.Point element : value) {
      writePoint(out, element);
    }
  }

  private static List<Polygon.Point> readPointList(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    int size = in.readSize();
    List<Polygon.Point> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(readPoint(in));
    }
    return Collections.unmodifiableList(elements);
  }

  private static void writePoint(ValueWriter out, Polygon.Point value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeDouble(value.x());
    out.writeDouble(value.y());
  }

  private static Polygon.Point readPoint(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    return new Polygon.Point(in.readDouble(), in.readDouble());
  }

  private record AreaArguments(List<Polygon.Point> points) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      writePointList(key, points);
    }
  }

  private record RegularArguments(int corners) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeInt(corners);
    }
  }

  private static final class PolygonCodec implements Codec<Polygon> {
    @Override
    public void write(ValueWriter out, Polygon value) {
      if (out.writeNull(value)) {
        return;
      }
      writePointList(out, value.points());
      out.writeString(value.label());
    }

    @Override
    public Polygon read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      return new Polygon(readPointList(in), in.readString());
    }
  }
}
