package io.diskmemo;

import io.diskmemo.codec.Codec;
import io.diskmemo.generated.Gate;
import io.diskmemo.generated.GateSpec;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.internal.call.Batches;
import io.diskmemo.internal.call.DiskThreads;
import io.diskmemo.internal.call.MethodGate;
import io.diskmemo.internal.call.Prefetches;
import io.diskmemo.internal.call.Refreshes;
import io.diskmemo.internal.call.ThrottleRates;
import io.diskmemo.internal.collect.ElementType;
import io.diskmemo.internal.coordinate.Coordination;
import io.diskmemo.internal.coordinate.LastingState;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.EntryFilter;
import io.diskmemo.internal.disk.KindBackups;
import io.diskmemo.internal.disk.KindStore;
import io.diskmemo.internal.disk.Rescued;
import io.diskmemo.internal.disk.StoreDirectory;
import io.diskmemo.internal.disk.StoreLimits;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.WaitObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An opened directory of results. Thread-safe.
 *
 * <pre>{@code
 * try (DiskMemo memo = DiskMemo.open(Path.of(".diskmemo"))) {
 *   Geocoder geocoder = new MemoizedGeocoder(memo, apiKey);
 *   geocoder.locate("NZ", "1 Queen St");
 *   memo.evictTag("country:NZ");
 * }
 * }</pre>
 *
 * <p>Any number of processes can have a directory open at once, and one process several times; but not
 * a second copy of these classes in the same JVM, as of another web application: there {@link #open}
 * throws, and {@link #shared} works from memory until the first copy has closed the directory. After
 * {@link #close} the methods of wrappers that were made before still work, without the cache;
 * methods of this class that need the directory throw an {@link IllegalStateException}.
 */
public final class DiskMemo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final Duration LOCK_TTL = Duration.ofSeconds(5);

  /** Of collections and lasting state together; they wait as long for their databases. */
  static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);

  private final Settings settings;
  private final StoreDirectory directory;
  private final Batches batches = new Batches();
  private final Prefetches prefetches = new Prefetches();
  private final DiskThreads diskThreads = new DiskThreads("diskmemo-disk", 4);
  private final DiskThreads trials = new DiskThreads("diskmemo-trial", 2);
  /** Of kinds that were opened for their settings only, until they are opened to be used. */
  private final Map<String, List<Rescued>> rescued = new ConcurrentHashMap<>();

  private final DiskThreads background = new DiskThreads("diskmemo-background", 1);
  private final Refreshes refreshes = new Refreshes();
  private final Map<String, Kind> kinds = new TreeMap<>(); // guarded by itself
  private final OpenCollections collections; // guarded by kinds
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Registration registration;
  private final Leases leases;
  private final LastingState state;
  private final BoundedClosing others = new BoundedClosing();
  private final Coordination coordination;
  private final ThrottleRates throttleRates = new ThrottleRates(LOG::warn);

  private DiskMemo(Settings settings, StoreDirectory opened, String identity) {
    this.settings = settings;
    this.directory = settings.reviveDamaged() ? opened : opened.withoutRevival();
    this.collections = new OpenCollections(directory, settings);
    this.registration = new Registration(directory);
    this.leases = Leases.of(directory, identity, settings.clock());
    this.state = new LastingState(directory, settings.clock(), background);
    this.coordination = new Coordination(leases, state, observer(settings));
  }

  /**
   * Opens a directory, and makes it if it is missing. Profiles are those of {@link Settings#load}.
   *
   * @param directory on a local file system
   * @return the opened directory
   * @throws DiskMemoException if the directory or a setting cannot be used; it says why
   */
  public static DiskMemo open(Path directory) {
    return open(Settings.load().toBuilder().directory(directory).build());
  }

  /**
   * Opens the directory that the settings name.
   *
   * @param settings to go by, and nothing else
   * @return the opened directory
   * @throws DiskMemoException if the directory cannot be used; it says why
   */
  public static DiskMemo open(Settings settings) {
    return Uninterrupted.get(() -> opened(settings));
  }

  private static DiskMemo opened(Settings settings) {
    try {
      StoreDirectory directory = settings.mustExist()
          ? StoreDirectory.openExisting(settings.directory())
          : StoreDirectory.openOrCreate(settings.directory());
      DiskMemo memo = new DiskMemo(settings, directory, directory.identity());
      memo.enter();
      return memo;
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }

  private void enter() {
    boolean entered = false;
    try {
      registration.enter();
      entered = true;
    } finally {
      if (!entered) {
        close(); // the leases count who uses them
      }
    }
  }

  /** A directory that cannot be used now, and is tried again now and then. */
  static DiskMemo openLater(Settings settings) {
    StoreDirectory directory = StoreDirectory.openLater(settings.directory());
    return new DiskMemo(settings, directory, directory.root().toString());
  }

  /** Without settings nobody knows which directory to use. */
  static DiskMemo withoutDirectory(InvalidSettingException reason) {
    Settings settings = Settings.builder().build();
    StoreDirectory directory =
        StoreDirectory.refused(settings.directory(), String.valueOf(reason.getMessage()));
    return new DiskMemo(settings, directory, directory.root().toString());
  }

  /**
   * The instance that wrappers use that were given none, with {@link Settings#load}. It is opened
   * when first asked for, and closed when the JVM ends.
   *
   * <p>If the directory or a setting cannot be used, it says so once in the log and works from memory:
   * wrappers do not fail, and what is asked for by name throws a {@link DiskMemoException} with the
   * reason. A directory is tried again now and then; settings are not.
   *
   * @return the same instance each time, until somebody closes it
   */
  public static DiskMemo shared() {
    return SharedInstance.get();
  }

  /**
   * Where the store is.
   *
   * @return the absolute path
   */
  public Path directory() {
    return directory.root();
  }

  /**
   * Binds a memoized method to this directory. Generated wrappers call it when they are constructed.
   * If the method's kind cannot be opened, it works from memory until it can.
   *
   * @param spec of the method
   * @param <R> type of the result
   * @return the bound method
   * @throws InvalidSettingException if the name of the kind is not one
   * @throws IllegalStateException once this is closed
   */
  public <R extends @Nullable Object> MemoizedMethod<R> memoize(MethodSpec<R> spec) {
    return opened(spec.kind(), Kind::openIfPossible).method(spec);
  }

  /**
   * Binds the gate of a method to this directory. Generated wrappers call it when they are constructed.
   *
   * @param spec of the gate
   * @return the bound gate
   * @throws IllegalArgumentException if it says what {@link #barrier(String, Duration)} or {@link
   *     #throttle} refuse
   * @throws IllegalStateException once this is closed
   */
  public Gate gate(GateSpec spec) {
    Gate gate = new MethodGate(coordination().crossing(spec, LOCK_TTL), spec.isInterruptible());
    throttleRates.note(spec);
    return gate;
  }

  /**
   * One kind, to look at and to use by hand. It is made if it is new.
   *
   * @param name lower-case letters, digits and hyphens, beginning with a letter
   * @return the kind
   * @throws DiskMemoException if it cannot be opened
   * @throws IllegalStateException once this is closed
   */
  public KindCache kind(String name) {
    return new KindCache(opened(name), this::requireOpen);
  }

  /**
   * A deque on disk, made if it is new. It keeps the maximum length that it has.
   *
   * <p>The profile that the settings state for the name gives {@code timeout}, {@code synchronous},
   * {@code journalMode} and {@code mmapSize}; where nothing is stated, calls wait at most 10 s for the
   * database, and every commit for the disk ({@link Synchronous#FULL}).
   *
   * @param name lower-case letters, digits and hyphens, beginning with a letter; the same as that of a
   *     kind is another thing
   * @param type of what {@link KindCache#put} stores; a {@code List} is a {@code List.class}
   * @param <E> the same
   * @return the same instance each time
   * @throws DiskMemoException if it cannot be opened, is something else, or has settings of kinds
   * @throws IllegalStateException once this is closed
   */
  public <E> PersistentDeque<E> deque(String name, Class<E> type) {
    return collected(() -> collections.deque(name, ElementType.of(type)));
  }

  /**
   * A deque on disk that takes only so many elements, made if it is new. The maximum holds for all
   * processes until one opens the deque with another; what is there then stays.
   *
   * @param name as for {@link #deque(String, Class)}
   * @param type as for {@link #deque(String, Class)}
   * @param maximumLength 1 or more; {@link Long#MAX_VALUE} for no limit
   * @param <E> the type
   * @return the same instance each time
   * @throws DiskMemoException if it cannot be opened, is something else, or has settings of kinds
   * @throws IllegalArgumentException if the maximum is less than 1
   * @throws IllegalStateException once this is closed
   */
  public <E> PersistentDeque<E> deque(String name, Class<E> type, long maximumLength) {
    return collected(() -> collections.deque(name, ElementType.of(type), maximumLength));
  }

  /**
   * A deque on disk, made if it is new, of elements that a codec writes.
   *
   * @param name as for {@link #deque(String, Class)}
   * @param codec that reads whatever it or its former versions wrote
   * @param <E> type of the elements
   * @return the same instance each time
   * @throws DiskMemoException if it cannot be opened, is something else, or has settings of kinds
   * @throws IllegalStateException once this is closed
   */
  public <E> PersistentDeque<E> deque(String name, Codec<E> codec) {
    return collected(() -> collections.deque(name, ElementType.of(codec)));
  }

  /**
   * A deque on disk that takes only so many elements, of those that a codec writes.
   *
   * @param name as for {@link #deque(String, Class)}
   * @param codec that reads whatever it or its former versions wrote
   * @param maximumLength as for {@link #deque(String, Class, long)}
   * @param <E> type of the elements
   * @return the same instance each time
   * @throws DiskMemoException if it cannot be opened, is something else, or has settings of kinds
   * @throws IllegalArgumentException if the maximum is less than 1
   * @throws IllegalStateException once this is closed
   */
  public <E> PersistentDeque<E> deque(String name, Codec<E> codec, long maximumLength) {
    return collected(() -> collections.deque(name, ElementType.of(codec), maximumLength));
  }

  /**
   * A map on disk, made if it is new.
   *
   * <p>The profile that the settings state for the name gives {@code timeout}, {@code synchronous},
   * {@code journalMode} and {@code mmapSize}; where nothing is stated, calls wait at most 10 s for the
   * database, and every commit for the disk ({@link Synchronous#FULL}).
   *
   * @param name lower-case letters, digits and hyphens, beginning with a letter; the same as that of a
   *     kind is another thing
   * @param keyType a string, number, boolean, character, enum, {@code byte[]}, UUID, URI, path or value
   *     of {@code java.time}, or a {@code List} of these other than enums; paths are of the default
   *     file system
   * @param valueType of what {@link KindCache#put} stores; a {@code List} is a {@code List.class}
   * @param <K> type of the keys
   * @param <V> type of the values
   * @return the same instance each time
   * @throws DiskMemoException if it cannot be opened, is something else, or has settings of kinds
   * @throws IllegalArgumentException if no key is of that type
   * @throws IllegalStateException once this is closed
   */
  public <K, V> PersistentMap<K, V> map(String name, Class<K> keyType, Class<V> valueType) {
    return collected(
        () -> collections.map(name, ElementType.ofKeys(keyType), ElementType.of(valueType)));
  }

  /**
   * A map on disk, made if it is new, of values that a codec writes.
   *
   * @param name as for {@link #map(String, Class, Class)}
   * @param keyType as for {@link #map(String, Class, Class)}
   * @param valueCodec that reads whatever it or its former versions wrote
   * @param <K> type of the keys
   * @param <V> type of the values
   * @return the same instance each time
   * @throws DiskMemoException if it cannot be opened, is something else, or has settings of kinds
   * @throws IllegalArgumentException if no key is of that type
   * @throws IllegalStateException once this is closed
   */
  public <K, V> PersistentMap<K, V> map(String name, Class<K> keyType, Codec<V> valueCodec) {
    return collected(
        () -> collections.map(name, ElementType.ofKeys(keyType), ElementType.of(valueCodec)));
  }

  /**
   * A map on disk, made if it is new, of keys and values that codecs write.
   *
   * @param name as for {@link #map(String, Class, Class)}
   * @param keyCodec that writes equal keys as the same bytes, and others as others
   * @param valueCodec that reads whatever it or its former versions wrote
   * @param <K> type of the keys
   * @param <V> type of the values
   * @return the same instance each time
   * @throws DiskMemoException if it cannot be opened, is something else, or has settings of kinds
   * @throws IllegalStateException once this is closed
   */
  public <K, V> PersistentMap<K, V> map(String name, Codec<K> keyCodec, Codec<V> valueCodec) {
    return collected(
        () -> collections.map(name, ElementType.of(keyCodec), ElementType.of(valueCodec)));
  }

  private <C> C collected(Supplier<C> opening) {
    return Uninterrupted.get(() -> {
      synchronized (kinds) {
        requireOpen();
        return opening.get();
      }
    });
  }

  /**
   * The kinds that the directory holds.
   *
   * @return their names, in order
   * @throws DiskMemoException if the directory cannot be read
   * @throws IllegalStateException once this is closed
   */
  public List<String> kindNames() {
    requireOpen();
    try {
      registration.enter();
      return named(directory.kindNames());
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }

  /** Without what somebody keeps beside kinds, such as a copy of one; it has a name that none can have. */
  private static List<String> named(List<String> directories) {
    return directories.stream().filter(KindNames::isValid).toList();
  }

  /**
   * Evicts the entries with a tag from all kinds, also those being computed now. Once it returns, no
   * call that starts later in any process on the machine gets one of them.
   *
   * @param tag exact name
   * @return how many entries were on disk
   * @throws DiskMemoException if a kind could not be opened or written; all others are done
   * @throws IllegalStateException once this is closed
   */
  public long evictTag(String tag) {
    requireOpen();
    EntryFilter filter = new EntryFilter(Objects.requireNonNull(tag, "tag"), null);
    long evicted = 0;
    DiskMemoException failure = null;
    Set<String> names = openNames();
    try {
      names.addAll(kindNames());
    } catch (DiskMemoException e) {
      failure = e;
    }
    for (String name : names) {
      try {
        evicted += opened(name).evict(filter);
      } catch (DiskMemoException e) {
        failure = failure == null ? e : suppressing(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return evicted;
  }

  /** Also such as have nothing on disk, because it could not be used. */
  private Set<String> openNames() {
    synchronized (kinds) {
      return new TreeSet<>(kinds.keySet());
    }
  }

  private static DiskMemoException suppressing(DiskMemoException first, DiskMemoException next) {
    first.addSuppressed(next);
    return first;
  }

  /**
   * Opens a batch in this thread.
   *
   * @return to be committed and closed by this thread
   * @throws IllegalStateException once this is closed
   */
  public Batch batch() {
    requireOpen();
    return new Batch(batches.begin());
  }

  /**
   * Reads the results of many calls from disk with few queries, into memory, where the calls that
   * follow find them. Computes nothing.
   *
   * <pre>{@code
   * memo.prefetch(() -> streets.forEach(street -> geocoder.peekLocate("NZ", street)));
   * }</pre>
   *
   * @param peeks looks for results by the companions of memoized methods, in this thread; these return
   *     nothing meanwhile
   * @return how many of the results are in memory now
   * @throws IllegalStateException if it is called within itself, or once this is closed
   */
  public int prefetch(Runnable peeks) {
    requireOpen();
    return prefetches.during(peeks);
  }

  /**
   * A lock, for one thread of all processes, with a time to live of five seconds.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @return the lock of that name
   * @throws IllegalArgumentException if the name is not one
   * @throws IllegalStateException once this is closed
   */
  public ProcessLock lock(String name) {
    return lock(name, LOCK_TTL);
  }

  /**
   * A lock, for one thread of all processes.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @param ttl after which a process that is silent loses it, from 100 ms to 24 h
   * @return the lock of that name
   * @throws IllegalArgumentException if the name is not one, or the time to live out of bounds
   * @throws IllegalStateException once this is closed
   */
  public ProcessLock lock(String name, Duration ttl) {
    return new ProcessLock(coordination().lock(name, ttl));
  }

  /**
   * Permits for threads of all processes, with a time to live of five seconds.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @param permits from 1 to 128
   * @return the semaphore of that name
   * @throws IllegalArgumentException if the name is not one, or the permits are out of bounds
   * @throws IllegalStateException once this is closed
   */
  public ProcessSemaphore semaphore(String name, int permits) {
    return semaphore(name, permits, LOCK_TTL);
  }

  /**
   * Permits for threads of all processes.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @param permits from 1 to 128
   * @param ttl after which a process that is silent loses its permits, from 100 ms to 24 h
   * @return the semaphore of that name
   * @throws IllegalArgumentException if the name is not one, or the permits or the time to live are out
   *     of bounds
   * @throws IllegalStateException once this is closed
   */
  public ProcessSemaphore semaphore(String name, int permits, Duration ttl) {
    return new ProcessSemaphore(coordination().semaphore(name, permits, ttl));
  }

  /**
   * A barrier that one thread of all processes passes at a time, with a time to live of five seconds.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @return the barrier of that name
   * @throws IllegalArgumentException if the name is not one
   * @throws IllegalStateException once this is closed
   */
  public Barrier barrier(String name) {
    return barrier(name, LOCK_TTL);
  }

  /**
   * A barrier that one thread of all processes passes at a time.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @param ttl after which a process that is silent is behind it no more, from 100 ms to 24 h
   * @return the barrier of that name
   * @throws IllegalArgumentException if the name is not one, or the time to live out of bounds
   * @throws IllegalStateException once this is closed
   */
  public Barrier barrier(String name, Duration ttl) {
    return new Barrier(coordination().barrier(name, ttl));
  }

  /**
   * A rate that all processes keep together. What is saved up lives for one period.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @param permits that come in a period, up to a million
   * @param period in which they come, from 1 ms to 100 days
   * @return the throttle of that name
   * @throws IllegalArgumentException if the name is not one, or the permits or the period are out of
   *     bounds
   * @throws IllegalStateException once this is closed
   */
  public Throttle throttle(String name, int permits, Duration period) {
    Throttle throttle = new Throttle(coordination().throttle(name, permits, period));
    throttleRates.note(name, permits, period);
    return throttle;
  }

  /**
   * A mean of numbers of all processes, kept for ever.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @return the average of that name
   * @throws IllegalArgumentException if the name is not one
   * @throws IllegalStateException once this is closed
   */
  public Average average(String name) {
    return new Average(coordination().average(name, Optional.empty()));
  }

  /**
   * A mean of numbers of all processes.
   *
   * @param name up to 250 characters, not all of them blank, none a control character
   * @param ttl after the last number, when it is forgotten: 1 ms or more; beyond what a clock can tell,
   *     never
   * @return the average of that name
   * @throws IllegalArgumentException if the name is not one, or the time to live too short
   * @throws IllegalStateException once this is closed
   */
  public Average average(String name, Duration ttl) {
    return new Average(coordination().average(name, Optional.of(ttl)));
  }

  private Coordination coordination() {
    requireOpen();
    return coordination;
  }

  /**
   * Work on whole kinds. Once this is closed, its work is an {@link IllegalStateException}.
   *
   * @return maintenance of all kinds that the directory holds
   */
  public Maintenance maintenance() {
    return new Maintenance(new MaintainedKinds());
  }

  private final class MaintainedKinds implements Maintenance.Kinds {
    @Override
    public List<String> names() {
      requireOpen();
      return kindNames();
    }

    @Override
    public Set<String> namesInMemory() {
      requireOpen();
      return openNames();
    }

    @Override
    public Kind open(String name) {
      return opened(name);
    }

    @Override
    public List<String> namesWithBackups() {
      requireOpen();
      try {
        registration.enter();
        return named(directory.kindNamesWithBackups());
      } catch (DiskException e) {
        throw new StoreException(e);
      }
    }

    @Override
    public void require(String name) {
      Set<String> present = new TreeSet<>(kindNames());
      present.addAll(namesWithBackups());
      if (!present.contains(name)) {
        throw new UnknownKindException(name, directory(), List.copyOf(present));
      }
    }

    /** Without opening the kind, which would begin anew if its database is missing. */
    @Override
    public KindBackups backups(String name) {
      return new KindBackups(directory, name, limitsOf(name), settings.clock());
    }

    @Override
    public List<SettingReport> settings(String name) {
      Map<String, String> defaults = ProfileSetting.textOf(Profile.defaults());
      boolean noted = goesByWhatIsNoted(name);
      List<SettingReport> reports = new ArrayList<>();
      ProfileSetting.textOf(opened(name).profile()).forEach((key, value) -> {
        String otherwise =
            !value.equals(defaults.get(key)) && noted ? "noted by an application" : "default";
        reports.add(
            new SettingReport(name, key, value, settings.origin(name, key).orElse(otherwise)));
      });
      return reports;
    }

    @Override
    public InstantSource clock() {
      return settings.clock();
    }

    @Override
    public Profile profileOf(String name) {
      if (!goesByWhatIsNoted(name) || !directory.hasDatabases(name)) {
        return settings.profile(name);
      }
      try {
        return profile(name, directory);
      } catch (StoreException e) {
        return settings.profile(name); // its database is to be restored
      }
    }

    /** Nothing is revived for it: who restores has a better backup, and knows more of what was lost. */
    private StoreLimits limitsOf(String name) {
      if (!goesByWhatIsNoted(name)) {
        return limits(settings.profile(name));
      }
      try {
        if (directory.hasDatabases(name)) {
          return limits(profile(name, directory.withoutRevival()));
        }
      } catch (StoreException e) {
        LOG.debug("the database of {} is to be restored, which has its settings", name, e);
      }
      return StoreLimits.unknown(Profile.defaults().timeout());
    }

    @Override
    public boolean isDamaged(String name) {
      return Uninterrupted.get(() ->
          KindStore.isDamaged(directory, name, limits(settings.profile(name)), settings.clock()));
    }

    @Override
    public void sweepTemporaryFiles() {
      directory.sweepTemporary();
    }

    @Override
    public void maintainLastingState() {
      state.maintain();
    }
  }

  /** For somebody who asks for it by name, and must know if it cannot be opened. */
  private Kind opened(String name) {
    return opened(name, Kind::open);
  }

  private Kind opened(String name, Consumer<Kind> opening) {
    KindNames.require(name);
    return Uninterrupted.get(() -> openedOrOpen(name, opening));
  }

  private Kind openedOrOpen(String name, Consumer<Kind> opening) {
    KindKey key = askedKey(name);
    synchronized (kinds) {
      requireOpen();
      Kind kind = kinds.get(name);
      if (kind == null) {
        kind = made(name, key);
        try {
          opening.accept(kind);
        } catch (DiskException e) {
          throw new StoreException(e);
        }
        kinds.put(name, kind);
      }
      return kind;
    }
  }

  /** Null for a kind that is open, or is not encrypted. */
  private @Nullable KindKey askedKey(String name) {
    synchronized (kinds) {
      if (closed.get() || kinds.containsKey(name)) {
        return null;
      }
    }
    Optional<Supplier<byte[]>> supplier =
        goesByWhatIsNoted(name) ? Optional.empty() : settings.profile(name).encryptionKey();
    if (supplier.isEmpty()) {
      return null;
    }
    KindKey key = new KindKey(name, supplier.get());
    key.ask();
    return key;
  }

  private boolean goesByWhatIsNoted(String name) {
    return settings.mustExist() && !settings.isByProgram(name);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException(directory() + " is closed; open it again");
    }
  }

  private Kind made(String name, @Nullable KindKey key) {
    Profile profile = profile(name, directory);
    Kind kind = new Kind(
        name,
        profile,
        () -> noted(store(name, profile, profile.shards(), key), profile),
        trials,
        batches,
        prefetches,
        diskThreads,
        leases,
        observer(settings),
        refreshes,
        settings.clock(),
        closed);
    List<Rescued> earlier = rescued.remove(name);
    if (earlier != null) {
      kind.noteRescued(earlier);
    }
    return kind;
  }

  /** A tool that misses them goes by the defaults. */
  private KindStore noted(KindStore store, Profile profile) {
    try {
      if (!settings.mustExist()) {
        store.noteSettings(ProfileSetting.textOf(profile));
      }
    } catch (DiskException e) {
      LOG.debug("the settings cannot be noted", e);
    }
    return store;
  }

  private static WaitObserver observer(Settings settings) {
    return settings.waitListener().map(DiskMemo::observer).orElse(WaitObserver.NONE);
  }

  private static WaitObserver observer(WaitListener listener) {
    return (terms, holder, waited) -> listener.waiting(new WaitListener.Wait(
        terms.kind(), terms.method(), holder.processId(), holder.host(), holder.since(), waited));
  }

  /** A tool goes by what the application noted, where nobody told it otherwise. */
  private Profile profile(String name, StoreDirectory from) {
    if (!goesByWhatIsNoted(name)) {
      return settings.profile(name);
    }
    registration.enter();
    try (KindStore store = KindStore.open(
        from,
        name,
        StoreLimits.unknown(Profile.defaults().timeout()),
        StoreDirectory.AS_IT_IS,
        settings.clock(),
        background)) {
      rescued.merge(name, store.takeRescued(), DiskMemo::together);
      return settings.over(name, store.settings());
    } catch (DiskException e) {
      throw new StoreException(e);
    }
  }

  private static List<Rescued> together(List<Rescued> earlier, List<Rescued> later) {
    return Stream.concat(earlier.stream(), later.stream()).toList();
  }

  private KindStore store(String name, Profile profile, int databases, @Nullable KindKey key) {
    registration.enter();
    if (!profile.networkFileSystem()) {
      directory.requireLocal();
    }
    return KindStore.open(
        directory,
        name,
        limits(profile),
        databases,
        settings.clock(),
        background,
        key == null ? null : key.cipher());
  }

  static StoreLimits limits(Profile profile) {
    return new StoreLimits(
        profile.sizeLimit(),
        profile.cullLimit(),
        profile.evictionPolicy().order(),
        profile.minFileSize(),
        profile.tagIndex(),
        profile.timeout(),
        profile.synchronous() == Synchronous.FULL,
        profile.journalMode().name(),
        Math.max(
            profile.staleWhileRefreshing().toMillis(), profile.staleIfError().toMillis()),
        profile.mmapSize());
  }

  boolean isClosed() {
    return closed.get();
  }

  /**
   * Writes down the statistics and closes the databases. Calls under way end without the cache. Calls
   * after the first do nothing.
   *
   * @throws DiskMemoException if a database could not be closed
   */
  @Override
  public void close() {
    synchronized (kinds) {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      try {
        closeAll();
      } finally {
        background.end();
        refreshes.end();
        leases.close();
        trials.end();
        leaveWhenGone();
      }
    }
  }

  /** What is closed late drops the locks of another copy of SQLite in this JVM just as well. */
  private void leaveWhenGone() {
    CompletableFuture<?> allGone = others.gone();
    for (Kind kind : kinds.values()) {
      allGone = CompletableFuture.allOf(allGone, kind.gone());
    }
    var left = allGone.thenRun(registration::leave);
    if (left.isDone()) {
      left.join(); // for what it may have thrown
    }
  }

  private void closeOthers() {
    try {
      collections.close();
    } finally {
      state.close();
    }
  }

  private void closeAll() {
    DiskException failure = null;
    for (Kind kind : kinds.values()) {
      try {
        kind.close();
      } catch (DiskException e) {
        failure = DiskException.first(failure, e);
      }
    }
    try {
      closeOthersInTime();
    } catch (DiskException e) {
      failure = DiskException.first(failure, e);
    }
    if (failure != null) {
      throw new StoreException(failure);
    }
  }

  private void closeOthersInTime() {
    if (!others.isDone(this::closeOthers, LONGEST_CLOSING)) {
      LOG.warn(
          "{}: the files of collections and throttles are closed when the disk answers, or by the"
              + " end of the JVM",
          directory());
    }
  }
}
