package io.diskmemo.internal.coordinate;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this process goes on under a name while the directory does not coordinate it with others, however
 * often it has the directory open. One for each name that stands in the program, for ever. Thread-safe.
 */
final class ByItself {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final ConcurrentMap<Name, ByItself> ALL = new ConcurrentHashMap<>();

  /** A disk that fails may take seconds to say so; each call must not. */
  private static final long UNTIL_NEXT_LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Name name;
  private boolean began; // guarded by this
  private long beganNanos; // guarded by this
  private @Nullable TokenBucket bucket; // guarded by this

  private ByItself(Name name) {
    this.name = name;
  }

  static ByItself of(Name name) {
    return ALL.computeIfAbsent(name, ByItself::new);
  }

  /** Says that the process goes on by itself, once until it does not any more. */
  synchronized void begin(Object reason) {
    if (!began) {
      LOG.warn(
          "{} {}: the directory cannot coordinate processes, so that only calls within this process"
              + " wait for each other, until it can: {}",
          name.type(),
          name.text(),
          reason);
    }
    began = true;
    beganNanos = System.nanoTime();
  }

  /** Others are to be seen again. */
  synchronized void end() {
    if (began) {
      LOG.info("{} {}: processes wait for each other again", name.type(), name.text());
    }
    began = false;
    bucket = null;
  }

  /** Whether it is too early to ask the directory once more. */
  synchronized boolean isRecent() {
    return began && System.nanoTime() - beganNanos < UNTIL_NEXT_LOOK_NANOS;
  }

  /** Takes a permit of this process alone; returns how long until there is one, or 0. */
  synchronized long microsToTake(Rate rate, long nowMicros) {
    TokenBucket before = bucket == null ? TokenBucket.full(rate, nowMicros) : bucket;
    TokenBucket now = before.at(nowMicros, rate);
    bucket = now.taken().orElse(now);
    return now.microsToNext();
  }
}
