package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.Codecs;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Primes} with its results kept by DiskMemo.
 *
 * <p>{@code factors(BigInteger)}
 *
 * <ul>
 *   <li>key: {@code number}
 *   <li>kind {@code primes}, version 1, kept for ever
 *   <li>tags: none
 *   <li>value: {@code List<BigInteger>}, immutable, one instance for all callers
 * </ul>
 *
 * <p>{@code factors(long)}
 *
 * <ul>
 *   <li>key: {@code number}
 *   <li>kind {@code primes}, version 1, kept for ever
 *   <li>tags: none
 *   <li>value: {@code long[]}, mutable, a copy for each caller
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedPrimes {
  private static final MethodSpec<List<BigInteger>> FACTORS =
      MethodSpec.<List<BigInteger>>method("example.Primes", "factors", "java.math.BigInteger")
          .returns("java.util.List<java.math.BigInteger>")
          .kind("primes")
          .neverExpires()
          .fingerprint("a1eab92dc7677e6885e8ceadbad36d96")
          .argumentsAreValues()
          .sharedResult(new BigIntegerListCodec())
          .build();

  private static final MethodSpec<long[]> FACTORS_2 =
      MethodSpec.<long[]>method("example.Primes", "factors", "long")
          .returns("long[]")
          .kind("primes")
          .neverExpires()
          .fingerprint("dc98db7bc985045d67d8ef3b5da13f6b")
          .argumentsAreValues()
          .copiedResult(Codecs.of(long[].class))
          .build();

  private final MemoizedMethod<List<BigInteger>> factors;

  private final MemoizedMethod<long[]> factors2;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  public MemoizedPrimes() {
    this(DiskMemo.shared());
  }

  /**
   * Keeps results in {@code memo}.
   */
  public MemoizedPrimes(DiskMemo memo) {
    this.factors = memo.memoize(FACTORS);
    this.factors2 = memo.memoize(FACTORS_2);
  }

  public List<BigInteger> factors(BigInteger number) {
    FactorsArguments arguments = new FactorsArguments(number);
    Hit<List<BigInteger>> hit = factors.find(arguments);
    return hit != null
        ? hit.value()
        : factors.compute(arguments, () -> Primes.factors(number));
  }

  /**
   * The result of {@code factors}, if there is one; computes nothing.
   */
  public Optional<Hit<List<BigInteger>>> peekFactors(BigInteger number) {
    return factors.peek(new FactorsArguments(number));
  }

  /**
   * Computes {@code factors}, and keeps the result in place of what is there.
   */
  public List<BigInteger> refreshFactors(BigInteger number) {
    return factors.refresh(new FactorsArguments(number), () -> Primes.factors(number));
  }

  /**
   * Evicts the result of {@code factors}; whether there was one.
   */
  public boolean evictFactors(BigInteger number) {
    return factors.evict(new FactorsArguments(number));
  }

  public long[] factors(long number) {
    Factors2Arguments arguments = new Factors2Arguments(number);
    return factors2.call(arguments, () -> Primes.factors(number));
  }

  /**
   * The result of {@code factors}, if there is one; computes nothing.
   */
  public Optional<Hit<long[]>> peekFactors(long number) {
    return factors2.peek(new Factors2Arguments(number));
  }

  /**
   * Computes {@code factors}, and keeps the result in place of what is there.
   */
  public long[] refreshFactors(long number) {
    return factors2.refresh(new Factors2Arguments(number), () -> Primes.factors(number));
  }

  /**
   * Evicts the result of {@code factors}; whether there was one.
   */
  public boolean evictFactors(long number) {
    return factors2.evict(new Factors2Arguments(number));
  }

  private record FactorsArguments(BigInteger number) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeBigInteger(number);
    }
  }

  private record Factors2Arguments(long number) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeLong(number);
    }
  }

  private static final class BigIntegerListCodec implements Codec<List<BigInteger>> {
    @Override
    public void write(ValueWriter out, List<BigInteger> value) {
      if (out.writeNull(value)) {
        return;
      }
      out.writeSize(value.size());
      for (BigInteger element : value) {
        out.writeBigInteger(element);
      }
    }

    @Override
    public List<BigInteger> read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      int size = in.readSize();
      List<BigInteger> elements = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        elements.add(in.readBigInteger());
      }
      return Collections.unmodifiableList(elements);
    }
  }
}
