package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.annotation.processing.Generated;

/**
 * {@link Ranking} with its results kept by DiskMemo.
 *
 * <p>{@code place(K, S, Map<K, ? extends List<S>>)}
 *
 * <ul>
 *   <li>key: {@code size} of the receiver, {@code category}, {@code score}, {@code scores}
 *   <li>kind {@code rankings}, version 1, kept as long as the profile of the kind says
 *   <li>tags: {@code category:{category}}
 *   <li>value: {@code OptionalInt}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedRanking<K extends Enum<K>, S extends Ranking.Score & Comparable<S>>
    extends Ranking<K, S> {
  private static final MethodSpec<OptionalInt> PLACE =
      MethodSpec.<OptionalInt>method("example.Ranking", "place", "K", "S",
          "java.util.Map<K, ? extends java.util.List<S>>")
          .returns("java.util.OptionalInt")
          .kind("rankings")
          .fingerprint("0303fa007c38c24a7953a428e22b323e")
          .sharedResult(new OptionalIntCodec())
          .build();

  private final int size;

  private final MemoizedMethod<OptionalInt> place;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  public MemoizedRanking(int size) {
    this(DiskMemo.shared(), size);
  }

  /**
   * Keeps results in {@code memo}.
   */
  public MemoizedRanking(DiskMemo memo, int size) {
    super(size);
    this.size = size;
    this.place = memo.memoize(PLACE);
  }

  @Override
  protected <X extends Exception> OptionalInt place(K category, S score,
      Map<K, ? extends List<S>> scores) throws IOException, X {
    if (place == null) { // called by the constructor of Ranking
      return super.place(category, score, scores);
    }
    PlaceArguments arguments = new PlaceArguments(size, category, score, scores);
    return place.call(arguments, () -> super.place(category, score, scores));
  }

  /**
   * The result of {@code place}, if there is one; computes nothing.
   */
  protected Optional<Hit<OptionalInt>> peekPlace(K category, S score,
      Map<K, ? extends List<S>> scores) {
    return place.peek(new PlaceArguments(size, category, score, scores));
  }

  /**
   * Computes {@code place}, and keeps the result in place of what is there.
   */
  protected <X extends Exception> OptionalInt refreshPlace(K category, S score,
      Map<K, ? extends List<S>> scores) throws IOException, X {
    return place.refresh(new PlaceArguments(size, category, score, scores),
        () -> super.place(category, score, scores));
  }

  /**
   * Evicts the result of {@code place}; whether there was one.
   */
  protected boolean evictPlace(K category, S score, Map<K, ? extends List<S>> scores) {
    return place.evict(new PlaceArguments(size, category, score, scores));
  }

  private static void writeScore(KeyWriter key, Ranking.Score value) {
    if (key.writeNull(value)) {
      return;
    }
    if (value instanceof Ranking.Stars stars) {
      writeStars(key, stars);
    } else {
      writePoints(key, (Ranking.Points) value);
    }
  }

  private static void writeStars(KeyWriter key, Ranking.Stars value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Ranking$Stars", 1);
    key.writeInt(value.count());
  }

  private static void writePoints(KeyWriter key, Ranking.Points value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Ranking$Points", 1);
    key.writeLong(value.count());
  }

  private static void writeEnumToScoreListMap(KeyWriter key,
      Map<? extends Enum<?>, ? extends List<? extends Ranking.Score>> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginMap(value.size());
    for (Map.Entry<? extends Enum<?>, ? extends List<? extends Ranking.Score>> entry
        : value.entrySet()) {
      key.beginElement();
      key.writeEnum(entry.getKey());
      writeScoreList(key, entry.getValue());
    }
    key.endMap();
  }

  private static void writeScoreList(KeyWriter key, List<? extends Ranking.Score> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginList(value.size());
    for (Ranking.Score element : value) {
      writeScore(key, element);
    }
  }

  private record PlaceArguments(int size, Enum<?> category, Ranking.Score score,
      Map<? extends Enum<?>, ? extends List<? extends Ranking.Score>> scores) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeInt(size);
      key.writeEnum(category);
      writeScore(key, score);
      writeEnumToScoreListMap(key, scores);
    }

    @Override
    public List<String> tags() {
      return List.of("category:" + (category == null ? "null" : category.name()));
    }
  }

  private static final class OptionalIntCodec implements Codec<OptionalInt> {
    @Override
    public void write(ValueWriter out, OptionalInt value) {
      if (out.writeNull(value)) {
        return;
      }
      out.writeBoolean(value.isPresent());
      if (value.isPresent()) {
        out.writeInt(value.getAsInt());
      }
    }

    @Override
    public OptionalInt read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      return in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
    }
  }
}
