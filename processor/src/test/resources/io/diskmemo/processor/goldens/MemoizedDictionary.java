package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.DelegateIdentity;
import io.diskmemo.generated.DelegatingWrapper;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.annotation.processing.Generated;

/**
 * {@link Dictionary} with its results kept by DiskMemo.
 *
 * <p>{@code first(Dictionary.Part, Consumer<? super W>)}
 *
 * <ul>
 *   <li>key: the delegate, {@code part}
 *   <li>kind {@code words}, version 1, kept for 28 days
 *   <li>tags: none
 *   <li>value: {@code Optional<String>}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
final class MemoizedDictionary<W extends Dictionary.Word>
    implements Dictionary<W>, DelegatingWrapper {
  private static final MethodSpec<Optional<String>> FIRST =
      MethodSpec.<Optional<String>>method("example.Dictionary", "first", "example.Dictionary.Part",
          "java.util.function.Consumer<? super W>")
          .returns("java.util.Optional<java.lang.String>")
          .kind("words")
          .timeToLive(Duration.ofDays(28))
          .fingerprint("c5372ab903f3ffda29b2c067ff2e7736")
          .argumentsAreValues()
          .ignoresObjects()
          .sharedResult(new OptionalStringCodec())
          .build();

  private final Dictionary<W> delegate;

  private final DelegateIdentity identity;

  private final MemoizedMethod<Optional<String>> first;

  /**
   * Keeps results of {@code delegate} in {@link DiskMemo#shared()}.
   */
  MemoizedDictionary(Dictionary<W> delegate) {
    this(DiskMemo.shared(), delegate);
  }

  /**
   * Keeps results of {@code delegate} in {@code memo}.
   */
  MemoizedDictionary(DiskMemo memo, Dictionary<W> delegate) {
    this.delegate = delegate;
    this.identity = DelegateIdentity.of(delegate, Dictionary.class);
    this.first = memo.memoize(identity.specOf(FIRST));
  }

  @Override
  public Optional<String> first(Dictionary.Part part, Consumer<? super W> listener) {
    FirstArguments arguments = new FirstArguments(identity.text(), part);
    Hit<Optional<String>> hit = first.find(arguments);
    return hit != null
        ? hit.value()
        : first.compute(arguments, () -> delegate.first(part, listener));
  }

  /**
   * The result of {@code first}, if there is one; computes nothing.
   */
  public Optional<Hit<Optional<String>>> peekFirst(Dictionary.Part part,
      Consumer<? super W> listener) {
    return first.peek(new FirstArguments(identity.text(), part));
  }

  /**
   * Computes {@code first}, and keeps the result in place of what is there.
   */
  public Optional<String> refreshFirst(Dictionary.Part part, Consumer<? super W> listener) {
    return first.refresh(new FirstArguments(identity.text(), part),
        () -> delegate.first(part, listener));
  }

  /**
   * Evicts the result of {@code first}; whether there was one.
   */
  public boolean evictFirst(Dictionary.Part part, Consumer<? super W> listener) {
    return first.evict(new FirstArguments(identity.text(), part));
  }

  @Override
  public List<W> words(Dictionary.Part part) {
    return delegate.words(part);
  }

  @Override
  public void close() {
    delegate.close();
  }

  @Override
  public int compareTo(Dictionary<W> arg0) {
    return delegate.compareTo(arg0);
  }

  @Override
  public void writeDelegate(KeyWriter key) {
    DelegateIdentity.write(key, identity.text());
  }

  private record FirstArguments(String delegate, Dictionary.Part part) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      DelegateIdentity.write(key, delegate);
      key.writeEnum(part);
    }
  }

  private static final class OptionalStringCodec implements Codec<Optional<String>> {
    @Override
    public void write(ValueWriter out, Optional<String> value) {
      if (out.writeNull(value)) {
        return;
      }
      out.writeBoolean(value.isPresent());
      if (value.isPresent()) {
        out.writeString(value.get());
      }
    }

    @Override
    public Optional<String> read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      return in.readBoolean() ? Optional.of(in.readString()) : Optional.empty();
    }
  }
}
