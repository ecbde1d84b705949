package io.diskmemo;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The settings of a kind. Immutable; made by a builder that checks them. */
public final class Profile {
  private static final long MIB = 1L << 20;
  private static final int MOST_SHARDS = 64;
  private static final double LARGEST_BETA = 1000;
  private static final Duration LONGEST_STALE = Duration.ofDays(3650);
  private static final Duration SHORTEST_TTL = Duration.ofMillis(1);
  private static final Duration SHORTEST_LOCK = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final long sizeLimit;
  private final int cullLimit;
  private final EvictionPolicy evictionPolicy;
  private final Optional<Duration> ttl;
  private final long memoryLimit;
  private final OptionalLong maxEntrySize;
  private final boolean statistics;
  private final Duration timeout;
  private final Synchronous synchronous;
  private final double earlyRefresh;
  private final Duration staleWhileRefreshing;
  private final Duration staleIfError;
  private final Duration lockTtl;
  private final Duration lockWait;
  private final long minFileSize;
  private final boolean tagIndex;
  private final int shards;
  private final JournalMode journalMode;
  private final long mmapSize;
  private final int breakerFailures;
  private final Duration breakerPause;
  private final boolean networkFileSystem;
  private final Optional<byte[]> keySecret;
  private final Optional<Supplier<byte[]>> encryptionKey;

  private Profile(Builder builder) {
    this.sizeLimit = builder.sizeLimit;
    this.cullLimit = builder.cullLimit;
    this.evictionPolicy = builder.evictionPolicy;
    this.ttl = builder.ttl;
    this.memoryLimit = builder.memoryLimit;
    this.maxEntrySize = builder.maxEntrySize;
    this.statistics = builder.statistics;
    this.timeout = builder.timeout;
    this.synchronous = builder.synchronous;
    this.earlyRefresh = builder.earlyRefresh;
    this.staleWhileRefreshing = builder.staleWhileRefreshing;
    this.staleIfError = builder.staleIfError;
    this.lockTtl = builder.lockTtl;
    this.lockWait = builder.lockWait;
    this.minFileSize = builder.minFileSize;
    this.tagIndex = builder.tagIndex;
    this.shards = builder.shards;
    this.journalMode = builder.journalMode;
    this.mmapSize = builder.mmapSize;
    this.breakerFailures = builder.breakerFailures;
    this.breakerPause = builder.breakerPause;
    this.networkFileSystem = builder.networkFileSystem;
    this.keySecret = builder.keySecret;
    this.encryptionKey = builder.encryptionKey;
  }

  /**
   * What holds where nobody says anything else.
   *
   * @return the default of every setting
   */
  public static Profile defaults() {
    return builder().build();
  }

  /**
   * A builder that begins with the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder that begins with this profile.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Most bytes of entries, all processes together.
   *
   * @return bytes; 1 GiB by default
   */
  public long sizeLimit() {
    return sizeLimit;
  }

  /**
   * Most entries that one store removes on the way to make room.
   *
   * @return 10 by default
   */
  public int cullLimit() {
    return cullLimit;
  }

  /**
   * Which entries make room.
   *
   * @return {@link EvictionPolicy#LEAST_RECENTLY_STORED} by default
   */
  public EvictionPolicy evictionPolicy() {
    return evictionPolicy;
  }

  /**
   * How long results live whose method does not say.
   *
   * @return empty, the default, for ever
   */
  public Optional<Duration> ttl() {
    return ttl;
  }

  /**
   * Most bytes of the memory tier, by encoded size. The collector frees the tier before the JVM runs out
   * of memory; what was in it is read from disk again.
   *
   * @return bytes; 64 MiB by default
   */
  public long memoryLimit() {
    return memoryLimit;
  }

  /**
   * Longest encoding of a result that is stored; longer ones are returned and counted.
   *
   * @return bytes; an eighth of the size limit by default
   */
  public long maxEntrySize() {
    return maxEntrySize.orElse(sizeLimit / 8);
  }

  /**
   * Whether counts are added to the totals on disk, with other writes and at the end.
   *
   * @return true by default
   */
  public boolean statistics() {
    return statistics;
  }

  /**
   * Longest wait for the database before a call goes on without it.
   *
   * @return 1 s by default
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * How far a commit goes before it returns.
   *
   * @return {@link Synchronous#NORMAL} by default
   */
  public Synchronous synchronous() {
    return synchronous;
  }

  /**
   * How early results are computed anew before their end: the beta of XFetch. A hit is refreshed with a
   * probability that grows with the cost of the computation and as its end comes near; with 1, the
   * computation begins on average as long before the end as it takes.
   *
   * @return 0, for never, by default
   */
  public double earlyRefresh() {
    return earlyRefresh;
  }

  /**
   * How long after its end a result may still be handed out while it is computed anew, aside.
   *
   * @return zero, for never, by default
   */
  public Duration staleWhileRefreshing() {
    return staleWhileRefreshing;
  }

  /**
   * How long after its end a result may still be handed out when the method fails, instead of its
   * exception.
   *
   * @return zero, for never, by default
   */
  public Duration staleIfError() {
    return staleIfError;
  }

  /**
   * How long a process that computes may be silent before another takes over; it says three times in
   * that time that it lives. What was computed by one that was taken for dead is not stored.
   *
   * @return 5 s by default
   */
  public Duration lockTtl() {
    return lockTtl;
  }

  /**
   * Longest wait for the computation of another thread or process; then a caller computes alone.
   *
   * @return 60 s by default
   */
  public Duration lockWait() {
    return lockWait;
  }

  /**
   * Values of so many bytes or more have files of their own.
   *
   * @return bytes; 64 KiB by default
   */
  public long minFileSize() {
    return minFileSize;
  }

  /**
   * Whether tags are indexed. Without the index a store of entries with tags is cheaper, and an
   * eviction by tag looks at every entry that has tags.
   *
   * @return true by default
   */
  public boolean tagIndex() {
    return tagIndex;
  }

  /**
   * How many databases a new kind is spread over, so that processes can write at the same time. A kind
   * keeps the number that it was made with. Each database has an equal part of the size limit, and is
   * evicted from, stored to and maintained on its own.
   *
   * @return 1 by default
   */
  public int shards() {
    return shards;
  }

  /**
   * How SQLite makes a commit whole.
   *
   * @return {@link JournalMode#WAL} by default
   */
  public JournalMode journalMode() {
    return journalMode;
  }

  /**
   * How much of the database SQLite may map into memory. A disk error in mapped memory ends the JVM.
   *
   * @return bytes; 0, for none, by default
   */
  public long mmapSize() {
    return mmapSize;
  }

  /**
   * After how many failures of the disk in a row the kind works from memory. Trouble that will stay,
   * such as a read-only file system, is not counted: it has that effect at once.
   *
   * @return 3 by default
   */
  public int breakerFailures() {
    return breakerFailures;
  }

  /**
   * How long a disk that failed is left alone before it is tried again. A disk where somebody has to do
   * something first, such as give a permission, is left alone for twice as long.
   *
   * @return 30 s by default
   */
  public Duration breakerPause() {
    return breakerPause;
  }

  /**
   * Whether the kind is kept on disk also if that is a network file system. What other machines evict
   * there is not seen, and locks may not work.
   *
   * @return false by default: the kind works from memory
   */
  public boolean networkFileSystem() {
    return networkFileSystem;
  }

  /** Gives the key that values are encrypted with, if any; it is never written anywhere. */
  Optional<Supplier<byte[]>> encryptionKey() {
    return encryptionKey;
  }

  /** The secret that keys are made with, if any; it is never written anywhere. */
  Optional<byte[]> keySecret() {
    return keySecret;
  }

  /** Builds a {@link Profile}. Not thread-safe. */
  public static final class Builder {
    private long sizeLimit = 1024 * MIB;
    private int cullLimit = 10;
    private EvictionPolicy evictionPolicy = EvictionPolicy.LEAST_RECENTLY_STORED;
    private Optional<Duration> ttl = Optional.empty();
    private long memoryLimit = 64 * MIB;
    private OptionalLong maxEntrySize = OptionalLong.empty();
    private boolean statistics = true;
    private Duration timeout = Duration.ofSeconds(1);
    private Synchronous synchronous = Synchronous.NORMAL;
    private double earlyRefresh;
    private Duration staleWhileRefreshing = Duration.ZERO;
    private Duration staleIfError = Duration.ZERO;
    private Duration lockTtl = Duration.ofSeconds(5);
    private Duration lockWait = Duration.ofSeconds(60);
    private long minFileSize = 64 * 1024;
    private boolean tagIndex = true;
    private int shards = 1;
    private JournalMode journalMode = JournalMode.WAL;
    private long mmapSize;
    private int breakerFailures = 3;
    private Duration breakerPause = Duration.ofSeconds(30);
    private boolean networkFileSystem;
    private Optional<byte[]> keySecret = Optional.empty();
    private Optional<Supplier<byte[]>> encryptionKey = Optional.empty();

    private Builder() {}

    private Builder(Profile profile) {
      this.sizeLimit = profile.sizeLimit;
      this.cullLimit = profile.cullLimit;
      this.evictionPolicy = profile.evictionPolicy;
      this.ttl = profile.ttl;
      this.memoryLimit = profile.memoryLimit;
      this.maxEntrySize = profile.maxEntrySize;
      this.statistics = profile.statistics;
      this.timeout = profile.timeout;
      this.synchronous = profile.synchronous;
      this.earlyRefresh = profile.earlyRefresh;
      this.staleWhileRefreshing = profile.staleWhileRefreshing;
      this.staleIfError = profile.staleIfError;
      this.lockTtl = profile.lockTtl;
      this.lockWait = profile.lockWait;
      this.minFileSize = profile.minFileSize;
      this.tagIndex = profile.tagIndex;
      this.shards = profile.shards;
      this.journalMode = profile.journalMode;
      this.mmapSize = profile.mmapSize;
      this.breakerFailures = profile.breakerFailures;
      this.breakerPause = profile.breakerPause;
      this.networkFileSystem = profile.networkFileSystem;
      this.keySecret = profile.keySecret;
      this.encryptionKey = profile.encryptionKey;
    }

    /**
     * Sets {@link Profile#sizeLimit()}.
     *
     * @param bytes positive
     * @return this
     */
    public Builder sizeLimit(long bytes) {
      this.sizeLimit = positive("sizeLimit", bytes);
      return this;
    }

    /**
     * Sets {@link Profile#cullLimit()}.
     *
     * @param entries 0 or more
     * @return this
     */
    public Builder cullLimit(int entries) {
      if (entries < 0) {
        throw new InvalidSettingException("cullLimit is " + entries + "; give 0 or more");
      }
      this.cullLimit = entries;
      return this;
    }

    /**
     * Sets {@link Profile#evictionPolicy()}.
     *
     * @param policy not null
     * @return this
     */
    public Builder evictionPolicy(EvictionPolicy policy) {
      this.evictionPolicy = Objects.requireNonNull(policy);
      return this;
    }

    /**
     * Sets {@link Profile#ttl()}.
     *
     * @param timeToLive a millisecond or longer
     * @return this
     */
    public Builder ttl(Duration timeToLive) {
      if (positive("ttl", timeToLive).compareTo(SHORTEST_TTL) < 0) {
        throw new InvalidSettingException("ttl is " + timeToLive
            + ", so that nothing would ever be found; give a millisecond or more");
      }
      this.ttl = Optional.of(timeToLive);
      return this;
    }

    /**
     * Results live for ever, unless their method says otherwise.
     *
     * @return this
     */
    public Builder ttlNever() {
      this.ttl = Optional.empty();
      return this;
    }

    /**
     * Sets {@link Profile#memoryLimit()}.
     *
     * @param bytes 0 or more; 0 for no memory tier
     * @return this
     */
    public Builder memoryLimit(long bytes) {
      if (bytes < 0) {
        throw new InvalidSettingException("memoryLimit is " + bytes + "; give 0 or more bytes");
      }
      this.memoryLimit = bytes;
      return this;
    }

    /**
     * Sets {@link Profile#maxEntrySize()}.
     *
     * @param bytes positive, and not more than the size limit
     * @return this
     */
    public Builder maxEntrySize(long bytes) {
      this.maxEntrySize = OptionalLong.of(positive("maxEntrySize", bytes));
      return this;
    }

    /**
     * Sets {@link Profile#statistics()}.
     *
     * @param on whether to keep totals
     * @return this
     */
    public Builder statistics(boolean on) {
      this.statistics = on;
      return this;
    }

    /**
     * Sets {@link Profile#timeout()}.
     *
     * @param longest positive, and not more than a day
     * @return this
     */
    public Builder timeout(Duration longest) {
      this.timeout = atMostADay("timeout", longest);
      return this;
    }

    /**
     * Sets {@link Profile#synchronous()}.
     *
     * @param howFar not null
     * @return this
     */
    public Builder synchronous(Synchronous howFar) {
      this.synchronous = Objects.requireNonNull(howFar);
      return this;
    }

    /**
     * Sets {@link Profile#earlyRefresh()}.
     *
     * @param beta 0 for never, else positive; 1 is a good value
     * @return this
     */
    public Builder earlyRefresh(double beta) {
      if (!(beta >= 0 && beta <= LARGEST_BETA)) {
        throw new InvalidSettingException(
            "earlyRefresh is " + beta + "; give 0 for never, 1, or at most " + LARGEST_BETA);
      }
      this.earlyRefresh = beta;
      return this;
    }

    /**
     * Sets {@link Profile#staleWhileRefreshing()}.
     *
     * @param longest zero for never
     * @return this
     */
    public Builder staleWhileRefreshing(Duration longest) {
      this.staleWhileRefreshing = notNegative("staleWhileRefreshing", longest);
      return this;
    }

    /**
     * Sets {@link Profile#staleIfError()}.
     *
     * @param longest zero for never
     * @return this
     */
    public Builder staleIfError(Duration longest) {
      this.staleIfError = notNegative("staleIfError", longest);
      return this;
    }

    /**
     * Sets {@link Profile#lockTtl()}.
     *
     * @param timeToLive from 100 ms to a day
     * @return this
     */
    public Builder lockTtl(Duration timeToLive) {
      if (timeToLive.compareTo(SHORTEST_LOCK) < 0) {
        throw new InvalidSettingException("lockTtl is " + timeToLive + "; give at least "
            + SHORTEST_LOCK.toMillis()
            + " ms, so that a pause is not taken for the end of a process");
      }
      this.lockTtl = atMostADay("lockTtl", timeToLive);
      return this;
    }

    /**
     * Sets {@link Profile#lockWait()}.
     *
     * @param longest positive, and not more than a day
     * @return this
     */
    public Builder lockWait(Duration longest) {
      this.lockWait = atMostADay("lockWait", longest);
      return this;
    }

    /**
     * Sets {@link Profile#minFileSize()}.
     *
     * @param bytes positive
     * @return this
     */
    public Builder minFileSize(long bytes) {
      this.minFileSize = positive("minFileSize", bytes);
      return this;
    }

    /**
     * Sets {@link Profile#tagIndex()}.
     *
     * @param on whether tags are indexed
     * @return this
     */
    public Builder tagIndex(boolean on) {
      this.tagIndex = on;
      return this;
    }

    /**
     * Sets {@link Profile#shards()}.
     *
     * @param databases from 1 to 64
     * @return this
     */
    public Builder shards(int databases) {
      if (databases < 1 || databases > MOST_SHARDS) {
        throw new InvalidSettingException(
            "shards is " + databases + "; give a number from 1 to " + MOST_SHARDS);
      }
      this.shards = databases;
      return this;
    }

    /**
     * Sets {@link Profile#journalMode()}.
     *
     * @param mode not null
     * @return this
     */
    public Builder journalMode(JournalMode mode) {
      this.journalMode = Objects.requireNonNull(mode);
      return this;
    }

    /**
     * Sets {@link Profile#mmapSize()}.
     *
     * @param bytes 0 or more
     * @return this
     */
    public Builder mmapSize(long bytes) {
      if (bytes < 0) {
        throw new InvalidSettingException("mmapSize is " + bytes + "; give 0 or more bytes");
      }
      this.mmapSize = bytes;
      return this;
    }

    /**
     * Sets {@link Profile#breakerFailures()}.
     *
     * @param failures in a row, 1 or more
     * @return this
     */
    public Builder breakerFailures(int failures) {
      if (failures < 1) {
        throw new InvalidSettingException("breakerFailures is " + failures + "; give 1 or more");
      }
      this.breakerFailures = failures;
      return this;
    }

    /**
     * Sets {@link Profile#breakerPause()}.
     *
     * @param pause positive, and not more than a day
     * @return this
     */
    public Builder breakerPause(Duration pause) {
      this.breakerPause = atMostADay("breakerPause", pause);
      return this;
    }

    /**
     * Sets {@link Profile#networkFileSystem()}.
     *
     * @param allowed whether to keep the kind there
     * @return this
     */
    public Builder networkFileSystem(boolean allowed) {
      this.networkFileSystem = allowed;
      return this;
    }

    /**
     * Makes keys of methods as HMACs under a secret, so that arguments of which there are few, such
     * as telephone numbers, cannot be found from the keys on disk by trying them all. All processes
     * that share the kind need the same secret; with another one, everything is a miss.
     *
     * @param secret at least 16 bytes, copied, and never written to disk or shown
     * @return this
     */
    public Builder keySecret(byte[] secret) {
      if (secret.length < 16) {
        throw new InvalidSettingException(
            "keySecret has " + secret.length + " bytes; give at least 16 random ones");
      }
      this.keySecret = Optional.of(secret.clone());
      return this;
    }

    /**
     * Encrypts the values of the kind on disk by AES-256-GCM, each bound to its key, its times and its
     * cost. Keys of entries, names of methods, tags, times and sizes stay readable. All processes that
     * share the kind need the same key; with another one, or none, entries are misses, which
     * {@link Stats#missesOtherKey()} counts, until computed results take their places. Values in memory
     * are not encrypted, nor is what {@link io.diskmemo.codec.Blob#write} writes to a file in
     * {@code java.io.tmpdir} until it is stored. A persistent deque or map is of no kind, and is not
     * encrypted.
     *
     * @param key gives 32 random bytes, which are copied, and never written to disk or shown; asked when
     *     the kind is opened, and kept for when it is opened anew. If it throws or gives null, wrappers
     *     work from memory and it is asked again now and then; what asks for the kind by name throws a
     *     {@link DiskMemoException}. Other kinds are not kept waiting by it
     * @return this
     */
    public Builder encryptionKey(Supplier<byte[]> key) {
      this.encryptionKey = Optional.of(Objects.requireNonNull(key));
      return this;
    }

    private static long positive(String name, long bytes) {
      if (bytes <= 0) {
        throw new InvalidSettingException(
            name + " is " + bytes + "; give a positive number of bytes");
      }
      return bytes;
    }

    private static Duration positive(String name, Duration duration) {
      if (duration.isZero() || duration.isNegative()) {
        throw new InvalidSettingException(name + " is " + duration + "; give a positive duration");
      }
      return duration;
    }

    private static Duration notNegative(String name, Duration duration) {
      if (duration.isNegative() || duration.compareTo(LONGEST_STALE) > 0) {
        throw new InvalidSettingException(name + " is " + duration
            + "; give 0s for never, or at most " + LONGEST_STALE.toDays() + " days");
      }
      return duration;
    }

    /** Longer ones overflow the units that waits are measured in. */
    private static Duration atMostADay(String name, Duration duration) {
      if (duration.compareTo(LONGEST_WAIT) > 0) {
        throw new InvalidSettingException(name + " is " + duration + "; give at most a day");
      }
      return positive(name, duration);
    }

    /**
     * Ends the profile.
     *
     * @return what was set
     * @throws InvalidSettingException if settings contradict each other
     */
    public Profile build() {
      if (maxEntrySize.isPresent() && maxEntrySize.getAsLong() > sizeLimit) {
        throw new InvalidSettingException("maxEntrySize is "
            + maxEntrySize.getAsLong()
            + ", more than sizeLimit, which is "
            + sizeLimit
            + "; make it smaller");
      }
      return new Profile(this);
    }
  }
}
