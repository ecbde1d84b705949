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
 * <p>The first value of each class that is written is also read back, written again and compared: a
 * class that loses something on the way is refused, and the message names the property.
 *
 * @param <T> type of the values
 */
public final class JsonCodec<T> implements Codec<@Nullable T> {
  private final Class<T> type;
  private volatile boolean survives;

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
    out.write(value == null ? null : json(value));
  }

  private byte[] json(T value) {
    byte[] json = Json.write(value);
    if (!survives) {
      Json.requireSurvival(json, type);
      survives = true;
    }
    return json;
  }

  @Override
  public @Nullable T read(ValueReader in) {
    byte[] json = in.readByteArray();
    return json == null ? null : Json.read(json, type);
  }
}
