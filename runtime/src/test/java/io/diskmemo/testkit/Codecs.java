package io.diskmemo.testkit;

import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Codecs as the processor would write them. */
public final class Codecs {
  private Codecs() {}

  /** Strings or null. */
  public static final class Text implements Codec<@Nullable String> {
    @Override
    public void write(ValueWriter out, @Nullable String value) {
      out.writeString(value);
    }

    @Override
    public @Nullable String read(ValueReader in) {
      return in.readString();
    }
  }

  /** Numbers. */
  public static final class Numbers implements Codec<Long> {
    @Override
    public void write(ValueWriter out, Long value) {
      out.writeLong(value.longValue());
    }

    @Override
    public Long read(ValueReader in) {
      return in.readLong();
    }
  }

  /** Lists that the caller may change. */
  public static final class Texts implements Codec<List<String>> {
    @Override
    public void write(ValueWriter out, List<String> value) {
      out.writeSize(value.size());
      value.forEach(out::writeString);
    }

    @Override
    public List<String> read(ValueReader in) {
      int size = in.readSize();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        texts.add(in.readString());
      }
      return texts;
    }
  }
}
