package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyIgnore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An interface with default methods, of which one is memoized. */
interface Dictionary<W extends Dictionary.Word> extends Comparable<Dictionary<W>> {
  /** Part of speech. */
  enum Part {
    NOUN,
    VERB
  }

  /** An entry. */
  interface Word {
    String text();
  }

  @DiskMemoize(kind = "words", ttl = "4w")
  default Optional<String> first(Part part, @KeyIgnore Consumer<? super W> listener) {
    return words(part).stream().peek(listener).map(Word::text).findFirst();
  }

  List<W> words(Part part);

  default void close() {}
}
