package io.diskmemo.flights;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;

/** Refuses every value. */
final class Unwritable implements Codec<String> {
  @Override
  public void write(ValueWriter out, String value) {
    throw new IllegalArgumentException("refused");
  }

  @Override
  public String read(ValueReader in) {
    throw new IllegalArgumentException("refused");
  }
}
