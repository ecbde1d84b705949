package io.diskmemo.internal.call;

import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Computation;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.internal.memory.Remembered;
import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One memoized method, bound to its kind: the fast way of a hit in memory. All else is a {@link Call}.
 * Thread-safe.
 *
 * @param <R> type of the result
 */
public final class CachedMethod<R extends @Nullable Object> implements MemoizedMethod<R> {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final MethodSpec<R> spec;
  private final KindParts kind;
  private final MethodName name;
  private final Expiry expiry;
  private final Encoding<R> encoding;

  /**
   * Binds a method.
   *
   * @param spec of the method
   * @param kind that it belongs to
   */
  public CachedMethod(MethodSpec<R> spec, KindParts kind) {
    this.spec = spec;
    this.kind = kind;
    this.name = new MethodName(spec.name(), spec.version(), spec.fingerprint());
    this.expiry = new Expiry(spec.statesTimeToLive() ? spec.timeToLive() : kind.timeToLive());
    this.encoding = new Encoding<>(spec);
  }

  @Override
  public @Nullable Hit<R> find(Arguments arguments) {
    return kind.batches().isNoneOpen() && !kind.isClosed() ? remembered(arguments) : null;
  }

  @Override
  public R call(Arguments arguments, Computation<? extends R> computation) {
    return compute(arguments, computation);
  }

  @Override
  public R compute(Arguments arguments, Computation<? extends R> computation) {
    try {
      CallKey key = kind.isClosed() ? null : keyOf(arguments);
      if (key == null) {
        kind.counters().count(Event.UNCACHED);
        return computed(computation);
      }
      return new Call<>(this, arguments, key, computation).answer();
    } catch (Throwable e) {
      throw Rethrown.unchanged(e);
    }
  }

  R computed(Computation<? extends R> computation) throws Throwable {
    kind.counters().count(Event.COMPUTATION);
    return computation.compute();
  }

  @SuppressWarnings("unchecked") // equal lookup keys have results of the same type
  @Nullable
  Remembered<R> remembered(Object lookupKey) {
    Remembered<R> entry = (Remembered<R>) kind.memory().find(lookupKey);
    if (entry != null) {
      kind.counters().memoryHit(entry.costNanos());
    }
    return entry;
  }

  /** The key, or null if a file cannot be read or an argument refuses to be encoded. */
  @Nullable
  CallKey keyOf(Arguments arguments) {
    KeyWriter writer = new KeyWriter();
    try {
      writer.write(spec.identity());
      writer.write(spec.version());
      writer.write(spec.fingerprint());
      arguments.writeKey(writer);
      LocalKey local = new LocalKey(spec.codec().getClass(), writer.toKey());
      return new CallKey(local, writer.holdsFileContent(), arguments.tags());
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.debug("{}: no key can be made of the arguments", spec, e);
      return null;
    }
  }

  Object lookupKey(Arguments arguments, CallKey key) {
    return spec.argumentsAreValues() ? arguments : key.local();
  }

  KindParts kind() {
    return kind;
  }

  MethodName name() {
    return name;
  }

  Expiry expiry() {
    return expiry;
  }

  Encoding<R> encoding() {
    return encoding;
  }
}
