package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.StoreLimits;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Small states that outlive processes, in a kind of their own, from which nothing is removed to make
 * room. Opened when it is first used. Failures of the disk are {@link
 * io.diskmemo.internal.disk.DiskException}s. Thread-safe.
 */
public final class LastingState implements AutoCloseable {
  private static final StoreLimits LIMITS = new StoreLimits(
      64L << 20, 10, CullOrder.NONE, 64L << 10, false, Duration.ofSeconds(10), false, "WAL", 0, 0);

  private final StoreDirectory directory;
  private final InstantSource clock;
  private final Executor background;
  private @Nullable KindStore store; // guarded by this
  private boolean closed; // guarded by this

  /**
   * Opens nothing yet.
   *
   * @param directory that holds it
   * @param clock for expiry
   * @param background for work that callers need not wait for
   */
  public LastingState(StoreDirectory directory, InstantSource clock, Executor background) {
    this.directory = directory;
    this.clock = clock;
    this.background = background;
  }

  private synchronized KindStore store() {
    KindStore present = store;
    if (present == null) {
      if (closed) {
        throw new IllegalStateException(directory.root() + " is closed; open it again");
      }
      present = KindStore.open(directory, Name.KIND, LIMITS, 1, clock, background);
      store = present;
    }
    return present;
  }

  Lookup find(Key key) {
    return store().find(key);
  }

  <T> T update(Key key, KindStore.Decision<T> decision) {
    return store().update(key, decision).result();
  }

  void remove(Key key) {
    store().evict(key, null);
  }

  InstantSource clock() {
    return clock;
  }

  static NewEntry entry(Key key, byte[] state, long expiresMillis) {
    return new NewEntry(
        key,
        MethodName.BY_HAND,
        List.of(),
        expiresMillis,
        0,
        Content.of(state),
        NewEntry.Mode.REPLACE,
        NewEntry.NOW);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
