package io.diskmemo.internal.coordinate;

import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.CullOrder;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.JvmRegistry;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Lookup;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.NoRoomException;
import io.diskmemo.internal.disk.Pace;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.StoreLimits;
import io.diskmemo.key.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small states that outlive processes, in a kind of their own, from which nothing is removed to make
 * room but what has expired. Opened when it is first used. Failures of the disk are {@link
 * io.diskmemo.internal.disk.DiskException}s. Thread-safe.
 */
public final class LastingState implements AutoCloseable {
  /** The kind that holds it, which no other may be called. */
  public static final String KIND = Name.KIND;

  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private static final long LIMIT_BYTES = 64L << 20;

  /** So many steps of expiring may make a caller wait who finds no room. */
  private static final int STEPS_ON_THE_WAY = 5;

  private final StoreDirectory directory;
  private final InstantSource clock;
  private final Executor background;
  private final StoreLimits limits;
  private volatile @Nullable Opened opened; // written under the lock of this
  private boolean closed; // guarded by this

  /** A store, and the note that the directory is open, which is taken back when it is closed. */
  private record Opened(KindStore store, String entered) implements AutoCloseable {
    @Override
    public void close() {
      try {
        store.close();
      } finally {
        JvmRegistry.leave(entered);
      }
    }
  }

  /**
   * Opens nothing yet.
   *
   * @param directory that holds it
   * @param clock for expiry
   * @param background for work that callers need not wait for
   */
  public LastingState(StoreDirectory directory, InstantSource clock, Executor background) {
    this(directory, clock, background, LIMIT_BYTES);
  }

  LastingState(
      StoreDirectory directory, InstantSource clock, Executor background, long limitBytes) {
    this.directory = directory;
    this.clock = clock;
    this.background = background;
    this.limits = new StoreLimits(
        limitBytes,
        10,
        CullOrder.NONE,
        64L << 10,
        false,
        Duration.ofSeconds(10),
        false,
        "WAL",
        0,
        0);
  }

  /** Others go on in the files that have the names; what was kept in those that were removed is lost. */
  private KindStore store() {
    Opened present = opened;
    return present != null && present.store().isInPlace()
        ? present.store()
        : openedInPlaceOf(present);
  }

  private synchronized KindStore openedInPlaceOf(@Nullable Opened replaced) {
    if (closed) {
      throw new IllegalStateException(directory.root() + " is closed; open it again");
    }
    Opened present = opened;
    if (present != null && !present.equals(replaced)) {
      return present.store(); // another thread opened it
    }
    Opened fresh = open();
    opened = fresh;
    if (present != null) {
      closeReplaced(present);
    }
    return fresh.store();
  }

  private Opened open() {
    String entered = JvmRegistry.enter(directory);
    Opened fresh = null;
    try {
      fresh =
          new Opened(KindStore.open(directory, Name.KIND, limits, 1, clock, background), entered);
      return fresh;
    } finally {
      if (fresh == null) {
        JvmRegistry.leave(entered);
      }
    }
  }

  private static void closeReplaced(Opened replaced) {
    try {
      replaced.close();
    } catch (DiskException e) {
      LOG.debug("a database that somebody removed or replaced cannot be closed", e);
    }
  }

  /** What failed because another thread opened the store anew meanwhile is done with that. */
  private <T> T with(Function<KindStore, T> use) {
    KindStore present = store();
    try {
      return use.apply(present);
    } catch (DiskException e) {
      if (isOpen(present)) {
        throw e;
      }
      return use.apply(store());
    }
  }

  private synchronized boolean isOpen(KindStore store) {
    return closed || (opened != null && opened.store().equals(store));
  }

  Lookup find(Key key) {
    return with(store -> store.find(key));
  }

  <T> T update(Key key, KindStore.Decision<T> decision) {
    return with(store -> update(store, key, decision));
  }

  private static <T> T update(KindStore store, Key key, KindStore.Decision<T> decision) {
    try {
      return store.update(key, decision).result();
    } catch (NoRoomException e) {
      if (store.expire(onTheWay()) == 0) {
        throw e;
      }
      return store.update(key, decision).result();
    }
  }

  /** What is left is removed when there is no room again. */
  private static Pace onTheWay() {
    AtomicInteger steps = new AtomicInteger();
    return done -> steps.getAndIncrement() < STEPS_ON_THE_WAY;
  }

  /** Removes what has expired, and gives its room back to the file system. */
  public void maintain() {
    if (directory.hasKind(Name.KIND)) {
      KindStore present = store();
      present.expire();
      present.compact(Pace.TO_THE_END);
    }
  }

  void remove(Key key) {
    with(store -> store.evict(key, null));
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
    Opened present = opened;
    if (present != null) {
      opened = null;
      present.close();
    }
  }
}
