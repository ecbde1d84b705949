package io.diskmemo.generated;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import org.jspecify.annotations.Nullable;

/**
 * Values of classes that have no generated codec, as JSON. Jackson is loaded when the first value is
 * written or read, which takes a third of a second; there is no default typing, so that the data
 * never says what class to make. Thread-safe.
 *
 * <p>Every value that is written is also read back, and what it was and what it is are compared: a
 * value that loses something on the way is refused, and the message names the property. A document
 * that its class would write in another way today, because a property was added or taken from it, is
 * no value any more.
 *
 * @param <T> type of the values
 */
public final class JsonCodec<T> implements Codec<@Nullable T> {
  private final Class<T> type;

  private JsonCodec(Class<T> type) {
    this.type = type;
  }

  /**
   * A codec for a class.
   *
   * @param type that Jackson can write and read
   * @param <T> the same
   * @return the codec
   */
  public static <T> JsonCodec<T> of(Class<T> type) {
    return new JsonCodec<>(type);
  }

  @Override
  public void write(ValueWriter out, @Nullable T value) {
    out.writeByteArray(value == null ? null : Json.write(value, type));
  }

  @Override
  public @Nullable T read(ValueReader in) {
    byte[] json = in.readByteArray();
    return json == null ? null : Json.read(json, type);
  }
}
