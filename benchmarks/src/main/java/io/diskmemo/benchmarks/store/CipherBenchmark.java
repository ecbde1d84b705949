package io.diskmemo.benchmarks.store;

import io.diskmemo.benchmarks.JmhSuite;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.internal.seal.ValueCipher;
import io.diskmemo.internal.seal.ValueCipher.Owner;
import io.diskmemo.key.Key;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What encryption adds to a disk hit and to a store. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CipherBenchmark {
  private final ValueCipher cipher = cipher();
  private final Owner owner = new Owner(Key.of(new byte[Key.LENGTH]), 1, 2, 3);
  private final byte[] small = new byte[200];
  private final byte[] middle = new byte[2_000];
  private final byte[] large = new byte[1 << 16];
  private final byte[] smallSealed = cipher.seal(owner, small);
  private final byte[] middleSealed = cipher.seal(owner, middle);
  private final byte[] largeSealed = cipher.seal(owner, large);

  private static ValueCipher cipher() {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[ValueCipher.KEY_BYTES];
    random.nextBytes(key);
    return new ValueCipher("geo", key, random::nextBytes);
  }

  /** The suite of these. */
  public static Suite suite() {
    return new JmhSuite(
        "Encryption of values",
        "What `encryptionKey` adds to a disk hit (open) and to a store (seal): AES-256-GCM under a key"
            + " derived for each value, of values in memory.",
        CipherBenchmark.class,
        List.of());
  }

  /** 200 bytes. */
  @Benchmark
  public byte[] seal200() {
    return cipher.seal(owner, small);
  }

  /** 200 bytes. */
  @Benchmark
  public byte[] open200() {
    return Objects.requireNonNull(cipher.open(owner, smallSealed));
  }

  /** 2 KB. */
  @Benchmark
  public byte[] seal2000() {
    return cipher.seal(owner, middle);
  }

  /** 2 KB. */
  @Benchmark
  public byte[] open2000() {
    return Objects.requireNonNull(cipher.open(owner, middleSealed));
  }

  /** 64 KB. */
  @Benchmark
  public byte[] seal64k() {
    return cipher.seal(owner, large);
  }

  /** 64 KB. */
  @Benchmark
  public byte[] open64k() {
    return Objects.requireNonNull(cipher.open(owner, largeSealed));
  }
}
