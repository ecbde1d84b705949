package io.diskmemo.generated;

import io.diskmemo.codec.Codec;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What generated code states about one memoized method. Immutable.
 *
 * @param <R> type of the result
 */
public final class MethodSpec<R extends @Nullable Object> {
  private final String name;
  private final String identity;
  private final String kind;
  private final int version;
  private final @Nullable Expiry expiry;
  private final String fingerprint;
  private final Codec<R> codec;
  private final boolean sharesResult;
  private final boolean comparesResult;
  private final boolean argumentsAreValues;
  private final boolean receiverMayChange;
  private final boolean onlyFilesMayChange;
  private final boolean ignoresObjects;

  private record Expiry(@Nullable Duration timeToLive) {}

  private MethodSpec(Builder<R> builder) {
    this.name = builder.name;
    this.identity = name + required(builder.resultType, "returns");
    this.kind = required(builder.kind, "kind");
    this.version = builder.version;
    this.expiry = builder.expiry;
    this.fingerprint = required(builder.fingerprint, "fingerprint");
    this.codec = required(builder.codec, "sharedResult or copiedResult");
    this.sharesResult = builder.sharesResult;
    this.comparesResult = builder.comparesResult;
    this.argumentsAreValues = builder.argumentsAreValues;
    this.receiverMayChange = builder.receiverMayChange;
    this.onlyFilesMayChange = builder.onlyFilesMayChange;
    this.ignoresObjects = builder.ignoresObjects;
  }

  private MethodSpec(MethodSpec<R> spec, boolean receiverMayChange) {
    this.name = spec.name;
    this.identity = spec.identity;
    this.kind = spec.kind;
    this.version = spec.version;
    this.expiry = spec.expiry;
    this.fingerprint = spec.fingerprint;
    this.codec = spec.codec;
    this.sharesResult = spec.sharesResult;
    this.comparesResult = spec.comparesResult;
    this.argumentsAreValues = spec.argumentsAreValues;
    this.receiverMayChange = receiverMayChange;
    this.onlyFilesMayChange = spec.onlyFilesMayChange;
    this.ignoresObjects = spec.ignoresObjects;
  }

  /** The same, of a receiver that may change what the key has of it. */
  MethodSpec<R> ofReceiverThatMayChange() {
    return new MethodSpec<>(this, true);
  }

  private static <T> T required(@Nullable T value, String step) {
    if (value == null) {
      throw new IllegalStateException("the generated specification lacks " + step + "(...)");
    }
    return value;
  }

  /**
   * Starts the specification of a method.
   *
   * @param declaringType binary name of the class or interface that the wrapper stands for
   * @param name of the method
   * @param parameterTypes as written in the source, fully qualified, with type arguments
   * @param <R> type of the result, boxed if primitive
   * @return a builder
   */
  public static <R extends @Nullable Object> Builder<R> method(
      String declaringType, String name, String... parameterTypes) {
    return new Builder<>(declaringType + "." + name + "(" + String.join(",", parameterTypes) + ")");
  }

  /**
   * Declaring type, name and parameter types, for example {@code
   * com.example.Geocoder.locate(java.lang.String,java.lang.String)}.
   *
   * @return the name by which people select the method's entries
   */
  public String name() {
    return name;
  }

  /**
   * Name and result type: what makes the method another method.
   *
   * @return the identity that keys are made of
   */
  public String identity() {
    return identity;
  }

  /**
   * The kind that entries belong to.
   *
   * @return a valid kind name
   */
  public String kind() {
    return kind;
  }

  /**
   * Version of the method's code.
   *
   * @return what the annotation says
   */
  public int version() {
    return version;
  }

  /**
   * Whether the method states a time to live of its own, {@code never} included.
   *
   * @return false if the kind's profile decides
   */
  public boolean statesTimeToLive() {
    return expiry != null;
  }

  /**
   * The time to live that the method states.
   *
   * @return empty if results never expire, or if the method states none
   */
  public Optional<Duration> timeToLive() {
    return expiry == null ? Optional.empty() : Optional.ofNullable(expiry.timeToLive());
  }

  /**
   * Digest of the shapes of the parameter, receiver and result types.
   *
   * @return hexadecimal digits
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Turns results into bytes and back.
   *
   * @return the generated codec
   */
  public Codec<R> codec() {
    return codec;
  }

  /**
   * Whether the result is deeply immutable by its type, so that callers may share one instance.
   *
   * @return false if each caller gets a copy of its own
   */
  public boolean sharesResult() {
    return sharesResult;
  }

  /**
   * Whether constructors that the codec calls may change what they are given, so that a result is
   * stored only if what is read back is written in the same way.
   *
   * @return false if that cannot happen
   */
  public boolean comparesResult() {
    return comparesResult;
  }

  /**
   * Whether all arguments are immutable values whose equality is that of their keys.
   *
   * @return true if the memory tier may be looked up by the arguments themselves
   */
  public boolean argumentsAreValues() {
    return argumentsAreValues;
  }

  /**
   * Whether the method may be called a little later, in another thread, and gives what it would give
   * now: nothing that its result depends on can change meanwhile, and nothing that it is given is of
   * use only as long as the call lasts.
   *
   * @return true if results may be computed anew aside
   */
  public boolean isRefreshedAside() {
    return argumentsAreValues && !receiverMayChange && !ignoresObjects;
  }

  /**
   * Whether arguments or receiver may change between the call and a computation in another thread.
   * Files that are keyed by content are looked at in any case.
   *
   * @return false if all are immutable
   */
  public boolean argumentsMayChange() {
    return receiverMayChange || !(argumentsAreValues || onlyFilesMayChange);
  }

  @Override
  public String toString() {
    return identity + " version " + version;
  }

  /**
   * Builds a {@link MethodSpec}. Not thread-safe.
   *
   * @param <R> type of the result
   */
  public static final class Builder<R extends @Nullable Object> {
    private final String name;
    private @Nullable String resultType;
    private @Nullable String kind;
    private int version = 1;
    private @Nullable Expiry expiry;
    private @Nullable String fingerprint;
    private @Nullable Codec<R> codec;
    private boolean sharesResult;
    private boolean comparesResult;
    private boolean argumentsAreValues;
    private boolean receiverMayChange;
    private boolean onlyFilesMayChange;
    private boolean ignoresObjects;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Result type, fully qualified, with type arguments.
     *
     * @param resultType as written in the source
     * @return this
     */
    public Builder<R> returns(String resultType) {
      this.resultType = resultType;
      return this;
    }

    /**
     * The kind of the entries.
     *
     * @param kind a valid kind name
     * @return this
     */
    public Builder<R> kind(String kind) {
      this.kind = kind;
      return this;
    }

    /**
     * Version of the method's code; 1 if not called.
     *
     * @param version any number
     * @return this
     */
    public Builder<R> version(int version) {
      this.version = version;
      return this;
    }

    /**
     * How long results live; the kind's profile decides if neither this nor {@link #neverExpires}
     * is called.
     *
     * @param timeToLive positive
     * @return this
     */
    public Builder<R> timeToLive(Duration timeToLive) {
      this.expiry = new Expiry(Objects.requireNonNull(timeToLive));
      return this;
    }

    /**
     * Results live for ever, whatever the kind's profile says.
     *
     * @return this
     */
    public Builder<R> neverExpires() {
      this.expiry = new Expiry(null);
      return this;
    }

    /**
     * Digest of the shapes of the parameter, receiver and result types.
     *
     * @param fingerprint hexadecimal digits
     * @return this
     */
    public Builder<R> fingerprint(String fingerprint) {
      this.fingerprint = fingerprint;
      return this;
    }

    /**
     * The arguments are immutable values whose equality is that of their keys.
     *
     * @return this
     */
    public Builder<R> argumentsAreValues() {
      this.argumentsAreValues = true;
      return this;
    }

    /**
     * Constructors that the codec calls may change what they are given.
     *
     * @return this
     */
    public Builder<R> comparedResult() {
      this.comparesResult = true;
      return this;
    }

    /**
     * What the key has of the receiver may be another at the next call, so that the method cannot be
     * called a little later for a call of now.
     *
     * @return this
     */
    public Builder<R> receiverMayChange() {
      this.receiverMayChange = true;
      return this;
    }

    /**
     * The arguments are immutable values, files that are keyed by content aside.
     *
     * @return this
     */
    public Builder<R> onlyFilesMayChange() {
      this.onlyFilesMayChange = true;
      return this;
    }

    /**
     * A parameter that is not in the key is no immutable value, so that nobody knows how long after
     * the call it is of use.
     *
     * @return this
     */
    public Builder<R> ignoresObjects() {
      this.ignoresObjects = true;
      return this;
    }

    /**
     * The result is deeply immutable by its type, so that callers share it.
     *
     * @param codec of the result
     * @return this
     */
    public Builder<R> sharedResult(Codec<R> codec) {
      this.codec = codec;
      this.sharesResult = true;
      return this;
    }

    /**
     * The result can be changed by a caller, so that each gets a copy.
     *
     * @param codec of the result
     * @return this
     */
    public Builder<R> copiedResult(Codec<R> codec) {
      this.codec = codec;
      this.sharesResult = false;
      return this;
    }

    /**
     * Ends the specification.
     *
     * @return what was stated
     */
    public MethodSpec<R> build() {
      return new MethodSpec<>(this);
    }
  }
}
