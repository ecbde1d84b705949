package io.diskmemo.goldens;

import io.diskmemo.key.KeyWriter;
import java.lang.reflect.Field;
import java.util.Arrays;

/** What a writer will digest, as long as it is all in its buffer. */
final class Preimage {
  private Preimage() {}

  static byte[] of(KeyWriter key) {
    try {
      Field buffer = KeyWriter.class.getDeclaredField("buffer");
      Field length = KeyWriter.class.getDeclaredField("length");
      buffer.setAccessible(true);
      length.setAccessible(true);
      return Arrays.copyOf((byte[]) buffer.get(key), length.getInt(key));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("KeyWriter holds its bytes elsewhere now", e);
    }
  }
}
