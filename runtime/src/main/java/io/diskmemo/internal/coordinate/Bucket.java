package io.diskmemo.internal.coordinate;

/** Where the permits of a throttle are. Thread-safe. */
@FunctionalInterface
interface Bucket {

  /** Takes a permit, unless it has to be waited for; returns for how long, or 0 if it was taken. */
  long microsToTake();
}
