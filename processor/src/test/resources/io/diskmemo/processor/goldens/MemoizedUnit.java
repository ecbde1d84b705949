package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codecs;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.math.BigDecimal;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Unit} with its results kept by DiskMemo.
 *
 * <p>{@code in(Unit, BigDecimal)}
 *
 * <ul>
 *   <li>key: the constant, {@code other}, {@code amount}
 *   <li>kind {@code units}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code BigDecimal}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
final class MemoizedUnit {
  private static final MethodSpec<BigDecimal> IN =
      MethodSpec.<BigDecimal>method("example.Unit", "in", "example.Unit", "java.math.BigDecimal")
          .returns("java.math.BigDecimal")
          .kind("units")
          .fingerprint("664f697a51883bc6dc2681826b5b82eb")
          .argumentsAreValues()
          .sharedResult(Codecs.of(BigDecimal.class))
          .build();

  private final Unit delegate;

  private final MemoizedMethod<BigDecimal> in;

  /**
   * Keeps results of {@code delegate} in {@link DiskMemo#shared()}.
   */
  MemoizedUnit(Unit delegate) {
    this(DiskMemo.shared(), delegate);
  }

  /**
   * Keeps results of {@code delegate} in {@code memo}.
   */
  MemoizedUnit(DiskMemo memo, Unit delegate) {
    this.delegate = delegate;
    this.in = memo.memoize(IN);
  }

  BigDecimal in(Unit other, BigDecimal amount) {
    InArguments arguments = new InArguments(delegate, other, amount);
    Hit<BigDecimal> hit = in.find(arguments);
    return hit != null ? hit.value() : in.compute(arguments, () -> delegate.in(other, amount));
  }

  /**
   * The result of {@code in}, if there is one; computes nothing.
   */
  Optional<Hit<BigDecimal>> peekIn(Unit other, BigDecimal amount) {
    return in.peek(new InArguments(delegate, other, amount));
  }

  /**
   * Computes {@code in}, and keeps the result in place of what is there.
   */
  BigDecimal refreshIn(Unit other, BigDecimal amount) {
    return in.refresh(new InArguments(delegate, other, amount), () -> delegate.in(other, amount));
  }

  /**
   * Evicts the result of {@code in}; whether there was one.
   */
  boolean evictIn(Unit other, BigDecimal amount) {
    return in.evict(new InArguments(delegate, other, amount));
  }

  private record InArguments(Unit constant, Unit other, BigDecimal amount) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeEnum(constant);
      key.writeEnum(other);
      key.writeBigDecimal(amount);
    }
  }
}
