package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyedBy;
import io.diskmemo.annotations.StoredBy;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.key.KeyEncodable;
import io.diskmemo.key.KeyEncoder;
import io.diskmemo.key.KeyWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Types that users write themselves, and one that Jackson writes. */
public class Layout {
  /** Something to lay out, which writes itself into keys. */
  public static class Page implements KeyEncodable {
    @Override
    public void encodeKey(KeyWriter key) {
      key.writeInt(1);
    }
  }

  /** A class that is nothing but data. */
  public static class Box {
    public int width;
    public List<Box> inside = new ArrayList<>();
  }

  /** Writes locales into keys. */
  public static class ByTag implements KeyEncoder<Locale> {
    @Override
    public void encode(KeyWriter key, Locale value) {
      key.writeString(value.toLanguageTag());
    }
  }

  /** Writes sets of bits. */
  public static class Bits implements Codec<BitSet> {
    @Override
    public void write(ValueWriter out, BitSet value) {
      out.writeLongArray(value.toLongArray());
    }

    @Override
    public BitSet read(ValueReader in) {
      return BitSet.valueOf(in.readLongArray());
    }
  }

  @DiskMemoize(kind = "layouts")
  public Box box(Page page, @KeyedBy(ByTag.class) Locale locale) {
    return new Box();
  }

  @DiskMemoize(kind = "layouts")
  public List<Box> boxes(Page page) {
    return List.of();
  }

  @DiskMemoize(kind = "layouts")
  @StoredBy(Bits.class)
  public BitSet breaks(Page page) {
    return new BitSet();
  }
}
