package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.JsonCodec;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Layout} with its results kept by DiskMemo.
 *
 * <p>{@code box(Layout.Page, Locale)}
 *
 * <ul>
 *   <li>key: {@code page}, {@code locale}
 *   <li>kind {@code layouts}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code Layout.Box}, as JSON by Jackson, mutable, a copy for each caller
 * </ul>
 *
 * <p>{@code boxes(Layout.Page)}
 *
 * <ul>
 *   <li>key: {@code page}
 *   <li>kind {@code layouts}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code List<Layout.Box>}, mutable, a copy for each caller
 * </ul>
 *
 * <p>{@code breaks(Layout.Page)}
 *
 * <ul>
 *   <li>key: {@code page}
 *   <li>kind {@code layouts}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code BitSet}, written by {@code Layout.Bits}, mutable, a copy for each caller
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedLayout extends Layout {
  private static final Layout.ByTag BY_TAG = new Layout.ByTag();

  private static final JsonCodec<Layout.Box> BOX_JSON = JsonCodec.of(Layout.Box.class);

  private static final MethodSpec<Layout.Box> BOX =
      MethodSpec.<Layout.Box>method("example.Layout", "box", "example.Layout.Page",
          "java.util.Locale")
          .returns("example.Layout.Box")
          .kind("layouts")
          .fingerprint("681bb261fe712aa4f210e486c1cfd0bb")
          .copiedResult(BOX_JSON)
          .build();

  private static final MethodSpec<List<Layout.Box>> BOXES =
      MethodSpec.<List<Layout.Box>>method("example.Layout", "boxes", "example.Layout.Page")
          .returns("java.util.List<example.Layout.Box>")
          .kind("layouts")
          .fingerprint("a1a65c244b46991acd4c1b477b4dcadb")
          .copiedResult(new BoxListCodec())
          .build();

  private static final MethodSpec<BitSet> BREAKS =
      MethodSpec.<BitSet>method("example.Layout", "breaks", "example.Layout.Page")
          .returns("java.util.BitSet")
          .kind("layouts")
          .fingerprint("3ce78fe37088cb92bfae970ac3fbde82")
          .copiedResult(new Layout.Bits())
          .build();

  private final MemoizedMethod<Layout.Box> box;

  private final MemoizedMethod<List<Layout.Box>> boxes;

  private final MemoizedMethod<BitSet> breaks;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  public MemoizedLayout() {
    this(DiskMemo.shared());
  }

  /**
   * Keeps results in {@code memo}.
   */
  public MemoizedLayout(DiskMemo memo) {
    this.box = memo.memoize(BOX);
    this.boxes = memo.memoize(BOXES);
    this.breaks = memo.memoize(BREAKS);
  }

  @Override
  public Layout.Box box(Layout.Page page, Locale locale) {
    if (box == null) { // called by the constructor of Layout
      return super.box(page, locale);
    }
    BoxArguments arguments = new BoxArguments(page, locale);
    return box.call(arguments, () -> super.box(page, locale));
  }

  /**
   * The result of {@code box}, if there is one; computes nothing.
   */
  public Optional<Hit<Layout.Box>> peekBox(Layout.Page page, Locale locale) {
    return box.peek(new BoxArguments(page, locale));
  }

  /**
   * Computes {@code box}, and keeps the result in place of what is there.
   */
  public Layout.Box refreshBox(Layout.Page page, Locale locale) {
    return box.refresh(new BoxArguments(page, locale), () -> super.box(page, locale));
  }

  /**
   * Evicts the result of {@code box}; whether there was one.
   */
  public boolean evictBox(Layout.Page page, Locale locale) {
    return box.evict(new BoxArguments(page, locale));
  }

  @Override
  public List<Layout.Box> boxes(Layout.Page page) {
    if (boxes == null) { // called by the constructor of Layout
      return super.boxes(page);
    }
    BoxesArguments arguments = new BoxesArguments(page);
    return boxes.call(arguments, () -> super.boxes(page));
  }

  /**
   * The result of {@code boxes}, if there is one; computes nothing.
   */
  public Optional<Hit<List<Layout.Box>>> peekBoxes(Layout.Page page) {
    return boxes.peek(new BoxesArguments(page));
  }

  /**
   * Computes {@code boxes}, and keeps the result in place of what is there.
   */
  public List<Layout.Box> refreshBoxes(Layout.Page page) {
    return boxes.refresh(new BoxesArguments(page), () -> super.boxes(page));
  }

  /**
   * Evicts the result of {@code boxes}; whether there was one.
   */
  public boolean evictBoxes(Layout.Page page) {
    return boxes.evict(new BoxesArguments(page));
  }

  @Override
  public BitSet breaks(Layout.Page page) {
    if (breaks == null) { // called by the constructor of Layout
      return super.breaks(page);
    }
    BreaksArguments arguments = new BreaksArguments(page);
    return breaks.call(arguments, () -> super.breaks(page));
  }

  /**
   * The result of {@code breaks}, if there is one; computes nothing.
   */
  public Optional<Hit<BitSet>> peekBreaks(Layout.Page page) {
    return breaks.peek(new BreaksArguments(page));
  }

  /**
   * Computes {@code breaks}, and keeps the result in place of what is there.
   */
  public BitSet refreshBreaks(Layout.Page page) {
    return breaks.refresh(new BreaksArguments(page), () -> super.breaks(page));
  }

  /**
   * Evicts the result of {@code breaks}; whether there was one.
   */
  public boolean evictBreaks(Layout.Page page) {
    return breaks.evict(new BreaksArguments(page));
  }

  private record BoxArguments(Layout.Page page, Locale locale) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeEncodable(page);
      key.writeEncoded(locale, BY_TAG);
    }
  }

  private record BoxesArguments(Layout.Page page) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeEncodable(page);
    }
  }

  private record BreaksArguments(Layout.Page page) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeEncodable(page);
    }
  }

  private static final class BoxListCodec implements Codec<List<Layout.Box>> {
    @Override
    public void write(ValueWriter out, List<Layout.Box> value) {
      if (out.writeNull(value)) {
        return;
      }
      out.writeSize(value.size());
      for (Layout.Box element : value) {
        BOX_JSON.write(out, element);
      }
    }

    @Override
    public List<Layout.Box> read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      int size = in.readSize();
      List<Layout.Box> elements = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        elements.add(BOX_JSON.read(in));
      }
      return Collections.unmodifiableList(elements);
    }
  }
}
