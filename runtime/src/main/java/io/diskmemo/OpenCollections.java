package io.diskmemo;

import io.diskmemo.internal.collect.ElementType;
import io.diskmemo.internal.collect.PersistentCollection;
import io.diskmemo.internal.collect.StoredDeque;
import io.diskmemo.internal.collect.StoredMap;
import io.diskmemo.internal.disk.CollectionDatabase;
import io.diskmemo.internal.disk.DamagedException;
import io.diskmemo.internal.disk.DiskException;
import io.diskmemo.internal.disk.StoreDirectory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The persistent collections that one {@link DiskMemo} has open. Whoever has it guards it. */
final class OpenCollections {
  /** Of collections for which no profile is stated. */
  private static final Profile OTHERWISE = Profile.builder()
      .timeout(Duration.ofSeconds(10))
      .synchronous(Synchronous.FULL)
      .build();

  private static final Set<ProfileSetting> SETTINGS = Set.of(
      ProfileSetting.TIMEOUT,
      ProfileSetting.SYNCHRONOUS,
      ProfileSetting.JOURNAL_MODE,
      ProfileSetting.MMAP_SIZE);

  private final StoreDirectory directory;
  private final Settings settings;
  private final Map<String, Opened> opened = new TreeMap<>();

  /** A collection, and as what it was opened. */
  private record Opened(String shape, PersistentCollection collection) {}

  OpenCollections(StoreDirectory directory, Settings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  private static final class OpenDeque<E> extends StoredDeque<E> implements PersistentDeque<E> {
    OpenDeque(CollectionDatabase database, ElementType<E> type, Settings settings) {
      super(database, type, settings.clock(), OpenCollections::known);
    }
  }

  private static final class OpenMap<K, V> extends StoredMap<K, V> implements PersistentMap<K, V> {
    OpenMap(
        CollectionDatabase database,
        ElementType<K> keys,
        ElementType<V> values,
        Settings settings) {
      super(database, keys, values, settings.clock(), OpenCollections::known);
    }
  }

  private static DiskMemoException known(DiskException failure) {
    return failure instanceof DamagedException damaged
        ? new DamagedElementException(damaged)
        : new StoreException(failure);
  }

  <E> PersistentDeque<E> deque(String name, ElementType<E> type) {
    return openDeque(name, type);
  }

  <E> PersistentDeque<E> deque(String name, ElementType<E> type, long maximumLength) {
    if (maximumLength < 1) {
      throw new IllegalArgumentException("maximumLength is " + maximumLength + ", not 1 or more");
    }
    OpenDeque<E> deque = openDeque(name, type);
    try {
      deque.limit(maximumLength);
    } catch (DiskException e) {
      throw known(e);
    }
    return deque;
  }

  @SuppressWarnings("unchecked") // what has the same shape was opened with the same types
  private <E> OpenDeque<E> openDeque(String name, ElementType<E> type) {
    return (OpenDeque<E>)
        opened(name, "deque of " + type, database -> new OpenDeque<>(database, type, settings));
  }

  @SuppressWarnings("unchecked") // what has the same shape was opened with the same types
  <K, V> PersistentMap<K, V> map(String name, ElementType<K> keys, ElementType<V> values) {
    return (OpenMap<K, V>) opened(
        name,
        "map of " + keys + " to " + values,
        database -> new OpenMap<>(database, keys, values, settings));
  }

  private PersistentCollection opened(
      String name, String shape, Function<CollectionDatabase, PersistentCollection> collection) {
    KindNames.require(name);
    Opened found = opened.get(name);
    if (found == null) {
      found = new Opened(shape, open(name, collection));
      opened.put(name, found);
    }
    if (!found.shape().equals(shape)) {
      throw new StoreException(new DiskException(
          "open collection " + name,
          false,
          "it is open as a " + found.shape() + ", not as a " + shape + "; use another name"));
    }
    return found.collection();
  }

  private PersistentCollection open(
      String name, Function<CollectionDatabase, PersistentCollection> collection) {
    try {
      CollectionDatabase database = CollectionDatabase.open(
          directory, name, DiskMemo.limits(profile(settings, name)), PersistentCollection.TABLES);
      return openWith(database, collection);
    } catch (DiskException e) {
      throw known(e);
    }
  }

  private static PersistentCollection openWith(
      CollectionDatabase database, Function<CollectionDatabase, PersistentCollection> collection) {
    try {
      return collection.apply(database);
    } catch (DiskException e) {
      closeAfter(database, e);
      throw e;
    }
  }

  private static void closeAfter(CollectionDatabase database, DiskException reason) {
    try {
      database.close();
    } catch (DiskException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * What is stated for a collection, and means something to it.
   *
   * @throws InvalidSettingException if something is stated that is for kinds
   */
  static Profile profile(Settings settings, String name) {
    Profile profile = stated(settings, name);
    for (ProfileSetting setting : ProfileSetting.values()) {
      if (!SETTINGS.contains(setting) && !isHarmless(setting, profile)) {
        settings.origin(name, setting.key()).ifPresent(place -> {
          throw new InvalidSettingException(setting.key() + " of " + name + " (" + place
              + ") is for kinds, and " + name + " is opened as a persistent collection, which keeps"
              + " everything for ever; take the setting out, or use another name");
        });
      }
    }
    return profile;
  }

  /** A program's profile is taken whole; one that was read has what it names, and no more. */
  private static Profile stated(Settings settings, String name) {
    if (!settings.states(name)) {
      return OTHERWISE;
    }
    Profile.Builder profile = settings.profile(name).toBuilder();
    if (settings.isRead(name)) {
      if (settings.origin(name, ProfileSetting.TIMEOUT.key()).isEmpty()) {
        profile.timeout(OTHERWISE.timeout());
      }
      if (settings.origin(name, ProfileSetting.SYNCHRONOUS.key()).isEmpty()) {
        profile.synchronous(OTHERWISE.synchronous());
      }
    }
    return profile.build();
  }

  /** Says what is so anyway. */
  private static boolean isHarmless(ProfileSetting setting, Profile profile) {
    return switch (setting) {
      case EVICTION_POLICY -> profile.evictionPolicy() == EvictionPolicy.NONE;
      case TTL -> profile.ttl().isEmpty();
      default -> false;
    };
  }

  /** Closes all, and throws the first failure if there is any, with the others in it. */
  void close() {
    DiskException failure = null;
    for (Opened one : opened.values()) {
      try {
        one.collection().close();
      } catch (DiskException e) {
        failure = DiskException.first(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
