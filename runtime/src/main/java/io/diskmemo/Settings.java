package io.diskmemo;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is and how its kinds are kept. Immutable.
 *
 * <pre>{@code
 * Settings settings =
 *     Settings.load().toBuilder()
 *         .directory(Path.of("/var/cache/geo"))
 *         .kind("geo", Profile.builder().sizeLimit(500 << 20).ttl(Duration.ofDays(30)).build())
 *         .build();
 * }</pre>
 */
public final class Settings {
  private final Path directory;
  private final Map<String, Profile> profiles;
  private final InstantSource clock;
  private final Optional<WaitListener> waitListener;
  private final boolean mustExist;
  private final boolean reviveDamaged;
  private final Map<String, String> origins;

  private Settings(Builder builder) {
    this.directory = builder.directory;
    this.profiles = Map.copyOf(builder.profiles);
    this.clock = builder.clock;
    this.waitListener = Optional.ofNullable(builder.waitListener);
    this.mustExist = builder.mustExist;
    this.reviveDamaged = builder.reviveDamaged;
    this.origins = Map.copyOf(builder.origins);
  }

  /**
   * What is configured outside the program.
   *
   * <p>The directory is the first that is set of: the system property {@code diskmemo.directory}, the
   * environment variable {@code DISKMEMO_DIRECTORY}, {@code diskmemo.directory} in the file {@code
   * diskmemo.properties} in the working directory or on the class path, the nearest directory {@code
   * .diskmemo} in the working directory or above it; else {@code .diskmemo} in the working directory.
   *
   * <p>Profiles come from the same places: {@code diskmemo.kind.geo.size-limit=500MB} in the file, or
   * as a system property, or {@code DISKMEMO_KIND_GEO_SIZE_LIMIT} in the environment.
   *
   * @return the settings
   * @throws InvalidSettingException if a name or a value is wrong; it names the place
   */
  public static Settings load() {
    return SettingsReader.ofThisProcess().read();
  }

  /**
   * A builder that begins with nothing but the defaults, and the directory {@code .diskmemo} in the
   * working directory.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder that begins with these settings.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.directory = directory;
    builder.profiles.putAll(profiles);
    builder.clock = clock;
    builder.waitListener = waitListener.orElse(null);
    builder.mustExist = mustExist;
    builder.reviveDamaged = reviveDamaged;
    builder.origins.putAll(origins);
    return builder;
  }

  /**
   * Where the store is.
   *
   * @return as it was set, possibly relative
   */
  public Path directory() {
    return directory;
  }

  /**
   * How a kind is kept.
   *
   * @param kind its name
   * @return the defaults if nothing was set
   */
  public Profile profile(String kind) {
    return profiles.getOrDefault(kind, Profile.defaults());
  }

  /** Where a setting was read from, or the program; empty if nobody set it. */
  Optional<String> origin(String kind, String key) {
    Optional<String> read = Optional.ofNullable(origins.get(kind + "." + key));
    boolean byProgram = profiles.containsKey(kind)
        && !isRead(kind)
        && !ProfileSetting.isDefault(profiles.get(kind), key);
    return byProgram ? Optional.of("the program") : read;
  }

  /** Whether its profile was read from outside the program, so that each setting has its place. */
  boolean isRead(String kind) {
    return origins.keySet().stream().anyMatch(name -> name.startsWith(kind + "."));
  }

  private boolean isRead(String kind, String key) {
    return origins.containsKey(kind + "." + key);
  }

  boolean states(String kind) {
    return profiles.containsKey(kind);
  }

  /** Whether the program gave it a profile, which then says everything. */
  boolean isByProgram(String kind) {
    return states(kind) && !isRead(kind);
  }

  /** A profile that an application noted, but for the settings that were read from outside the program. */
  Profile over(String kind, Map<String, String> noted) {
    Map<String, String> text = new TreeMap<>(noted);
    if (isRead(kind, ProfileSetting.SIZE_LIMIT.key())) {
      text.remove(ProfileSetting.MAX_ENTRY_SIZE.key()); // it may be a part of the other limit
    }
    ProfileSetting.textOf(profile(kind)).forEach((key, value) -> {
      if (isRead(kind, key)) {
        text.put(key, value);
      }
    });
    try {
      return ProfileSetting.profileOf(text);
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(
          "kind " + kind + ", by what an application noted: " + e.getMessage());
    }
  }

  /**
   * Who learns of long waits for computations.
   *
   * @return empty by default; the log has them anyway
   */
  public Optional<WaitListener> waitListener() {
    return waitListener;
  }

  /**
   * The clock that expiry goes by.
   *
   * @return the system's by default
   */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Whether the directory has to be there already, as for tools.
   *
   * @return false by default: it is made, and the settings of each kind are noted in it. If true, a kind
   *     without a profile by the program has the settings that an application noted last, but for those
   *     that {@link #load} found
   */
  public boolean mustExist() {
    return mustExist;
  }

  /**
   * Whether a database that is found damaged or missing is set aside, and another put in its place
   * without being asked.
   *
   * @return true by default
   */
  public boolean reviveDamaged() {
    return reviveDamaged;
  }

  /** Builds {@link Settings}. Not thread-safe. */
  public static final class Builder {
    private Path directory = Path.of(".diskmemo");
    private final Map<String, Profile> profiles = new TreeMap<>();
    private InstantSource clock = Clock.systemUTC();
    private @Nullable WaitListener waitListener;
    private boolean mustExist;
    private boolean reviveDamaged = true;
    private final Map<String, String> origins = new TreeMap<>();

    private Builder() {}

    /**
     * Sets {@link Settings#directory()}.
     *
     * @param path on a local file system
     * @return this
     */
    public Builder directory(Path path) {
      this.directory = Objects.requireNonNull(path);
      return this;
    }

    /**
     * Sets the profile of a kind.
     *
     * @param name of the kind: lower-case letters, digits and hyphens, beginning with a letter
     * @param profile in place of any set before
     * @return this
     * @throws InvalidSettingException if that is no name
     */
    public Builder kind(String name, Profile profile) {
      profiles.put(KindNames.require(name), Objects.requireNonNull(profile));
      origins.keySet().removeIf(origin -> origin.startsWith(name + "."));
      return this;
    }

    /** Notes where a setting of a profile that is set was read. */
    void origin(String kind, String key, String place) {
      origins.put(kind + "." + key, place);
    }

    /**
     * Sets {@link Settings#clock()}.
     *
     * @param source of the time
     * @return this
     */
    public Builder clock(InstantSource source) {
      this.clock = Objects.requireNonNull(source);
      return this;
    }

    /**
     * Sets {@link Settings#waitListener()}.
     *
     * @param listener called by waiting threads
     * @return this
     */
    public Builder waitListener(WaitListener listener) {
      this.waitListener = Objects.requireNonNull(listener);
      return this;
    }

    /**
     * Sets {@link Settings#mustExist()}: opening fails if there is no store yet.
     *
     * @param required whether the directory has to be there
     * @return this
     */
    public Builder mustExist(boolean required) {
      this.mustExist = required;
      return this;
    }

    /**
     * Sets {@link Settings#reviveDamaged()}; for tools that only look. Without it, a kind that is damaged
     * cannot be opened, or works from memory if it was open; {@link Maintenance#restore()} still puts
     * a backup in its place.
     *
     * @param revived whether this process revives what it finds damaged
     * @return this
     */
    public Builder reviveDamaged(boolean revived) {
      this.reviveDamaged = revived;
      return this;
    }

    /**
     * Ends the settings.
     *
     * @return what was set
     */
    public Settings build() {
      return new Settings(this);
    }
  }
}
