package io.diskmemo.internal.coordinate;

import io.diskmemo.generated.GateSpec;
import io.diskmemo.internal.flight.Exclusion;
import io.diskmemo.internal.flight.Leases;
import io.diskmemo.internal.flight.WaitObserver;
import java.time.Duration;
import java.util.Optional;

/**
 * What a directory coordinates processes with. Names are checked here; those that are not valid are
 * {@link IllegalArgumentException}s. Thread-safe.
 */
public final class Coordination {
  private final String directory;
  private final Exclusion exclusion;
  private final LastingState state;
  private final WaitObserver observer;

  /**
   * What a directory has.
   *
   * @param leases of the directory
   * @param state of the directory
   * @param observer of long waits
   */
  public Coordination(Leases leases, LastingState state, WaitObserver observer) {
    this.directory = leases.identity();
    this.exclusion = leases.exclusion();
    this.state = state;
    this.observer = observer;
  }

  /**
   * A lock.
   *
   * @param name of the lock
   * @param timeToLive without a sign of life
   * @return as often as it is asked for, the same lock
   */
  public Locking lock(String name, Duration timeToLive) {
    return new Locking(name("lock", name), timeToLive, exclusion, observer);
  }

  /**
   * A barrier, which is a lock with names of its own.
   *
   * @param name of the barrier
   * @param timeToLive without a sign of life
   * @return as often as it is asked for, the same lock
   */
  public Locking barrier(String name, Duration timeToLive) {
    return new Locking(name("barrier", name), timeToLive, exclusion, observer);
  }

  /**
   * A semaphore.
   *
   * @param name of the semaphore
   * @param permits in all processes
   * @param timeToLive of a permit without a sign of life
   * @return as often as it is asked for, the same permits
   */
  public Permits semaphore(String name, int permits, Duration timeToLive) {
    return new Permits(name("semaphore", name), permits, timeToLive, exclusion, observer);
  }

  /**
   * A throttle.
   *
   * @param name of the throttle
   * @param permits that come in a period
   * @param period in which they come
   * @return as often as it is asked for, the same bucket
   */
  public Throttling throttle(String name, int permits, Duration period) {
    Name named = name("throttle", name);
    return new Throttling(
        named, new SharedBucket(named, Rate.of(permits, period), state), observer);
  }

  /**
   * The way to a method: through the barrier and the throttle of the names that are given.
   *
   * @param spec that names them
   * @param timeToLive in the barrier, where the specification has none
   * @return a way that goes on, within this process, if the directory does not coordinate
   */
  public Crossing crossing(GateSpec spec, Duration timeToLive) {
    return new Crossing(
        spec.oneAtATime().map(one -> oneAtATime(one, timeToLive)),
        spec.throttled().map(this::throttling));
  }

  private OneAtATime oneAtATime(GateSpec.OneAtATime one, Duration timeToLive) {
    return new OneAtATime(
        name("barrier", one.name()), one.timeToLive().orElse(timeToLive), exclusion, observer);
  }

  private Throttling throttling(GateSpec.Throttled throttled) {
    Name named = name("throttle", throttled.name());
    Rate rate = Rate.of(throttled.permits(), throttled.period());
    SharedBucket shared = new SharedBucket(named, rate, state);
    return new Throttling(named, new UnfailingBucket(shared, rate, ByItself.of(named)), observer);
  }

  /**
   * A running mean.
   *
   * @param name of the mean
   * @param timeToLive after the last number, or empty for ever
   * @return as often as it is asked for, the same mean
   */
  public Averaging average(String name, Optional<Duration> timeToLive) {
    return new Averaging(name("average", name), timeToLive, state);
  }

  private Name name(String type, String text) {
    return new Name(directory, type, text);
  }
}
