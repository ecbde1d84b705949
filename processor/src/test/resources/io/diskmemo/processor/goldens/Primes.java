package example;

import io.diskmemo.annotations.DiskMemoize;
import java.math.BigInteger;
import java.util.List;

/** Static methods, of which two have one name. */
public final class Primes {
  private Primes() {}

  @DiskMemoize(kind = "primes", ttl = "never")
  public static List<BigInteger> factors(BigInteger number) {
    return List.of(number);
  }

  @DiskMemoize(kind = "primes", ttl = "never")
  public static long[] factors(long number) {
    return new long[] {number};
  }
}
