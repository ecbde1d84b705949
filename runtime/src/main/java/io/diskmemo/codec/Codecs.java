package io.diskmemo.codec;

import org.jspecify.annotations.Nullable;

/** Codecs of types that are written in one piece. Thread-safe. */
public final class Codecs {
  private Codecs() {}

  /**
   * The codec of a type that {@link ValueWriter} and {@link ValueReader} have methods for: primitives,
   * their boxes and arrays, {@link String}, and the values of {@code java.math}, {@code java.time} and
   * their like. Null is a value, but for primitives.
   *
   * @param type for example {@code int.class} or {@code String.class}
   * @param <T> type of the values, boxed if primitive
   * @return a codec that fails when used with {@link IllegalStateException} if the type is another
   */
  public static <T extends @Nullable Object> Codec<T> of(Class<T> type) {
    return new PieceCodec<>(type.getName());
  }

  /**
   * The codec of an enum, whose constants are written by name. Null is a value.
   *
   * @param type class of the enum
   * @param <E> class of the enum
   * @return the codec
   */
  public static <E extends Enum<E>> Codec<@Nullable E> ofEnum(Class<E> type) {
    return new EnumCodec<>(type);
  }

  private record EnumCodec<E extends Enum<E>>(Class<E> type) implements Codec<@Nullable E> {
    @Override
    public void write(ValueWriter out, @Nullable E value) {
      out.writeEnum(value);
    }

    @Override
    public @Nullable E read(ValueReader in) {
      return in.readEnum(type);
    }
  }
}
