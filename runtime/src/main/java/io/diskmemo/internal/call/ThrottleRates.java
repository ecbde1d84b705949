package io.diskmemo.internal.call;

import io.diskmemo.generated.GateSpec;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The rates that throttles were asked for with, in this process. Two uses of one name with different
 * rates both go on, each at its own, so that neither keeps what it was promised; that is told once for
 * each name. Thread-safe.
 */
public final class ThrottleRates {
  /** Names may be made of data; what nobody asks for again must not fill memory. */
  private static final int MOST_NAMES = 1_000;

  private final ConcurrentMap<String, Rate> known = new ConcurrentHashMap<>();
  private final Consumer<String> warnings;

  private record Rate(String shown, boolean isWarnedOf) {}

  /**
   * None so far.
   *
   * @param warnings take what is to be told
   */
  public ThrottleRates(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /**
   * Notes that of a gate, if it has one.
   *
   * @param gate of a method
   */
  public void note(GateSpec gate) {
    gate.throttled().ifPresent(rate -> note(rate.name(), rate.permits(), rate.period()));
  }

  /**
   * Notes one.
   *
   * @param name of the throttle
   * @param permits in a period
   * @param period in which they come
   */
  public void note(String name, int permits, Duration period) {
    String shown = permits + " in " + period;
    Rate before = known.size() < MOST_NAMES
        ? known.putIfAbsent(name, new Rate(shown, false))
        : known.get(name);
    if (before != null
        && !before.isWarnedOf()
        && !before.shown().equals(shown)
        && known.replace(name, before, new Rate(shown, true))) {
      warnings.accept("the throttle \"" + name + "\" is used with the rates " + before.shown()
          + " and " + shown + "; say the same everywhere, or use another name");
    }
  }
}
