package io.diskmemo.internal.coordinate;

/**
 * The bucket of all processes, or one of this process alone while that cannot be had. Never fails.
 * Thread-safe.
 */
final class UnfailingBucket implements Bucket {
  private final SharedBucket shared;
  private final Rate rate;
  private final ByItself byItself;

  UnfailingBucket(SharedBucket shared, Rate rate, ByItself byItself) {
    this.shared = shared;
    this.rate = rate;
    this.byItself = byItself;
  }

  @Override
  public long microsToTake() {
    if (!byItself.isRecent()) {
      try {
        long micros = shared.microsToTake();
        byItself.end();
        return micros;
      } catch (RuntimeException e) { // whatever it is, the work has to be done
        byItself.begin(e);
      }
    }
    return byItself.microsToTake(rate, shared.nowMicros());
  }
}
