package io.diskmemo.functional;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.Codecs;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.JsonCodec;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** An application that is loaded anew while the cache goes on: with results that no codec of its own reads. */
public final class Painter implements Function<DiskMemo, List<Object>> {
  /** A result by its name. */
  public enum Colour {
    RED
  }

  /** A result as JSON. */
  public static final class Paint {
    public int litres = 1;
  }

  private record OneName(String name) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeString(name);
    }
  }

  /** Made by the class loader of this class. */
  public Painter() {}

  @Override
  public List<Object> apply(DiskMemo memo) {
    Colour colour = called(memo, "colour", Codecs.ofEnum(Colour.class), () -> Colour.RED);
    Paint paint = called(memo, "paint", JsonCodec.of(Paint.class), Paint::new);
    return List.of(colour, paint);
  }

  private static <T> T called(DiskMemo memo, String name, Codec<T> codec, Supplier<T> body) {
    MethodSpec<T> spec = MethodSpec.<T>method("io.test.Painter", name, "java.lang.String")
        .returns("java.lang.Object")
        .kind("default")
        .fingerprint("f1")
        .sharedResult(codec)
        .build();
    return Objects.requireNonNull(memo.memoize(spec).call(new OneName("wall"), body::get));
  }
}
