package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyPart;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** An abstract class with type variables, which are keyed by their bounds. */
public abstract class Ranking<K extends Enum<K>, S extends Ranking.Score & Comparable<S>> {
  /** How good something is. */
  public sealed interface Score permits Stars, Points {}

  /** From one to five. */
  public record Stars(int count) implements Score, Comparable<Stars> {
    @Override
    public int compareTo(Stars other) {
      return Integer.compare(count, other.count);
    }
  }

  /** Any number. */
  public record Points(long count) implements Score {}

  private final int size;

  protected Ranking(@KeyPart int size) {
    this.size = size;
  }

  @DiskMemoize(kind = "rankings", tag = "category:{category}")
  protected <X extends Exception> OptionalInt place(
      K category, S score, Map<K, ? extends List<S>> scores) throws IOException, X {
    return scores.get(category).size() > size ? OptionalInt.empty() : OptionalInt.of(1);
  }
}
