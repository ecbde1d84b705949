package io.diskmemo.internal.coordinate;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A bucket that fills evenly, up to the permits of one period, and from which permits are taken.
 * Immutable. The credit is a whole number, so that nothing is lost to rounding: a microsecond brings as
 * many units as there are permits, and a permit costs as many as the period has microseconds.
 *
 * <p>A clock that was set back brings nothing and takes nothing: the bucket goes on filling from there.
 *
 * @param rate at which it fills
 * @param credit from 0 to that of a full bucket
 * @param atMicros as of when, since 1970
 */
record TokenBucket(Rate rate, long credit, long atMicros) {
  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + Integer.BYTES + 3 * Long.BYTES;

  static TokenBucket full(Rate rate, long nowMicros) {
    return new TokenBucket(rate, rate.fullCredit(), nowMicros);
  }

  /** The same bucket later, or after the clock was set back; at the rate that is wanted now. */
  TokenBucket at(long nowMicros, Rate wanted) {
    TokenBucket same = rate.equals(wanted) ? this : converted(wanted);
    long elapsed = Math.max(0, Math.min(nowMicros - atMicros, wanted.periodMicros()));
    long missing = wanted.fullCredit() - same.credit;
    long brought = Math.min(missing, elapsed * wanted.permits()); // either may be nearly 2^63
    return new TokenBucket(wanted, same.credit + brought, nowMicros);
  }

  private TokenBucket converted(Rate wanted) {
    double permits = (double) credit / (double) rate.cost();
    long converted = (long) (permits * (double) wanted.cost());
    return new TokenBucket(wanted, Math.min(wanted.fullCredit(), converted), atMicros);
  }

  /** What is left when a permit is taken; empty if there is none. */
  Optional<TokenBucket> taken() {
    return credit < rate.cost()
        ? Optional.empty()
        : Optional.of(new TokenBucket(rate, credit - rate.cost(), atMicros));
  }

  /** How long until there is a permit; 0 if there is one. */
  long microsToNext() {
    long missing = Math.max(0, rate.cost() - credit);
    return (missing + rate.permits() - 1) / rate.permits();
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(FORMAT)
        .putInt(rate.permits())
        .putLong(rate.periodMicros())
        .putLong(credit)
        .putLong(atMicros)
        .array();
  }

  /** Empty if a newer release wrote it. */
  static Optional<TokenBucket> read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length != BYTES || in.get() != FORMAT) {
      return Optional.empty();
    }
    Rate rate = new Rate(in.getInt(), in.getLong());
    return Optional.of(new TokenBucket(rate, in.getLong(), in.getLong()));
  }
}
