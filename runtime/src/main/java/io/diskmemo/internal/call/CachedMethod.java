package io.diskmemo.internal.call;

import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Computation;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.call.Encoding.Decoded;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.flight.WaitTerms;
import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.internal.memory.Remembered;
import io.diskmemo.internal.memory.Result;
import io.diskmemo.key.Key;
import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
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

  /** Larger arguments are not kept in memory, which does not weigh them; their digest is. */
  private static final int MOST_ARGUMENT_BYTES = 512;

  private final MethodSpec<R> spec;
  private final KindParts kind;
  private final MethodName name;
  private final Expiry expiry;
  private final Encoding<R> encoding;
  private final WaitTerms waitTerms;

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
    this.waitTerms = kind.waitTerms(spec.toString());
  }

  @Override
  public @Nullable Hit<R> find(Arguments arguments) {
    try {
      Remembered<R> entry =
          kind.batches().isNoneOpen() && !kind.isClosed() ? unlessDue(inMemory(arguments)) : null;
      return entry == null ? null : counted(entry);
    } catch (InternalError e) { // the same even later
      return null;
    }
  }

  /** What may have to be refreshed goes the longer way. */
  private @Nullable Remembered<R> unlessDue(@Nullable Remembered<R> entry) {
    return entry != null && kind.freshness().isEarly() && kind.freshness().mayBeDue(entry)
        ? null
        : entry;
  }

  @Override
  public R call(Arguments arguments, Computation<? extends R> computation) {
    return compute(arguments, computation);
  }

  @Override
  public R compute(Arguments arguments, Computation<? extends R> computation) {
    try {
      Entry<R> entry = entryOf(arguments);
      return entry == null ? uncached(computation) : new Call<>(entry, computation).answer();
    } catch (Throwable e) {
      throw Rethrown.unchanged(e);
    }
  }

  @Override
  public R refresh(Arguments arguments, Computation<? extends R> computation) {
    try {
      Entry<R> entry = entryOf(arguments);
      return entry == null ? uncached(computation) : new Call<>(entry, computation).refreshed();
    } catch (Throwable e) {
      throw Rethrown.unchanged(e);
    }
  }

  private R uncached(Computation<? extends R> computation) throws Throwable {
    kind.counters().count(Event.UNCACHED);
    return computed(computation);
  }

  @Override
  public Optional<Hit<R>> peek(Arguments arguments) {
    if (kind.prefetches().isNoted(this, arguments)) {
      return Optional.empty();
    }
    Entry<R> entry = entryOf(arguments);
    if (entry == null) {
      return Optional.empty();
    }
    Result<R> known = entry.known();
    if (known == null) {
      return entry.load().map(outcome -> outcome::value);
    }
    Decoded<R> copy = encoding.again(known);
    return copy == null ? Optional.empty() : Optional.of(copy::value);
  }

  /** Reads the results of many calls into memory; returns how many of them are there now. */
  int prefetch(Collection<? extends Arguments> calls) {
    int known = 0;
    Map<Key, Entry<R>> unknown = new HashMap<>();
    for (Arguments arguments : calls) {
      Entry<R> entry = entryOf(arguments);
      if (entry != null && entry.isRemembered()) {
        known++;
      } else if (entry != null) {
        unknown.put(entry.key().key(), entry);
      }
    }
    kind.store()
        .findAll(unknown.keySet(), kind.memory().limitBytes())
        .forEach((key, stored) -> keep(unknown.get(key), stored));
    return known + (int) unknown.values().stream().filter(Entry::isRemembered).count();
  }

  private void keep(@Nullable Entry<R> entry, StoredEntry stored) {
    if (entry != null) {
      entry.prefetched(stored);
    }
  }

  @Override
  public boolean evict(Arguments arguments) {
    CallKey key = keyOf(arguments);
    if (key == null) {
      throw new IllegalArgumentException(
          spec.name() + ": no key can be made of the arguments; can their files be read?");
    }
    return kind.evictor().test(key.key(), name);
  }

  @Override
  public CompletableFuture<R> callAsync(
      Arguments arguments, Computation<? extends CompletionStage<? extends R>> computation) {
    return callAsync(() -> arguments, computation);
  }

  @Override
  public CompletableFuture<R> callAsync(
      Supplier<? extends Arguments> arguments,
      Computation<? extends CompletionStage<? extends R>> computation) {
    Entry<R> entry = entryOf(arguments.get());
    if (entry == null) {
      return uncachedAsync(computation);
    }
    Result<R> known = entry.known();
    Decoded<R> copy = known == null ? null : encoding.again(known);
    AsyncCall<R> call = new AsyncCall<>(entry, sameArguments(entry, arguments), computation);
    return copy == null ? call.answer() : call.hit(copy.value());
  }

  @Override
  public CompletableFuture<R> refreshAsync(
      Arguments arguments, Computation<? extends CompletionStage<? extends R>> computation) {
    return refreshAsync(() -> arguments, computation);
  }

  @Override
  public CompletableFuture<R> refreshAsync(
      Supplier<? extends Arguments> arguments,
      Computation<? extends CompletionStage<? extends R>> computation) {
    Entry<R> entry = entryOf(arguments.get());
    return entry == null
        ? uncachedAsync(computation)
        : new AsyncCall<>(entry, sameArguments(entry, arguments), computation).refreshed();
  }

  private SameArguments sameArguments(Entry<R> entry, Supplier<? extends Arguments> arguments) {
    return new SameArguments(entry.key(), () -> keyOf(arguments.get()), spec.argumentsMayChange());
  }

  private CompletableFuture<R> uncachedAsync(
      Computation<? extends CompletionStage<? extends R>> computation) {
    kind.counters().count(Event.UNCACHED);
    kind.counters().count(Event.COMPUTATION);
    return AsyncCall.begun(computation);
  }

  /** The place of the call's result, or null if the call goes without the cache. */
  private @Nullable Entry<R> entryOf(Arguments arguments) {
    CallKey key = kind.isClosed() ? null : keyOf(arguments);
    return key == null ? null : new Entry<>(this, arguments, key);
  }

  R computed(Computation<? extends R> computation) throws Throwable {
    kind.counters().count(Event.COMPUTATION);
    return computation.compute();
  }

  @Nullable
  Remembered<R> remembered(Object lookupKey) {
    Remembered<R> entry = inMemory(lookupKey);
    return entry == null ? null : counted(entry);
  }

  private Remembered<R> counted(Remembered<R> entry) {
    kind.counters().memoryHit(entry.costNanos());
    return entry;
  }

  /** What memory holds; asking is no hit. */
  @SuppressWarnings("unchecked") // equal lookup keys have results of the same type
  @Nullable
  Remembered<R> inMemory(Object lookupKey) {
    try {
      return (Remembered<R>) kind.memory().find(lookupKey);
    } catch (InternalError e) { // HotSpot says late that the counters were cut short
      return null;
    }
  }

  /** Whether the method may be called later, in another thread, and gives the same. */
  boolean isRefreshedAside() {
    return spec.isRefreshedAside();
  }

  /** The key, or null if a file cannot be read or an argument refuses to be encoded. */
  @Nullable
  CallKey keyOf(Arguments arguments) {
    KeyWriter writer = new KeyWriter();
    try {
      writer.writeString(spec.identity());
      writer.writeInt(spec.version());
      writer.writeString(spec.fingerprint());
      arguments.writeKey(writer);
      LocalKey local = new LocalKey(arguments.getClass(), kind.keys().of(writer));
      return new CallKey(
          local,
          writer.holdsFileContent(),
          writer.sizeBytes() <= MOST_ARGUMENT_BYTES,
          arguments.tags());
    } catch (IOException
        | RuntimeException
        | StackOverflowError
        | OutOfMemoryError
        | LinkageError e) {
      LOG.debug("{}: no key can be made of the arguments", spec, e);
      return null;
    }
  }

  Object lookupKey(Arguments arguments, CallKey key) {
    return spec.argumentsAreValues() && key.isSmall() ? arguments : key.local();
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

  WaitTerms waitTerms() {
    return waitTerms;
  }

  Encoding<R> encoding() {
    return encoding;
  }
}
