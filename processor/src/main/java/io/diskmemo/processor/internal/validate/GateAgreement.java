package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.Gate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;

/** What gates with a name of their own say in one class: those of one name have to say the same. */
final class GateAgreement {
  /** Of a {@code @OneAtATime} that says nothing. */
  private static final Duration USUAL_TIME_TO_LIVE = Duration.ofSeconds(5);

  private final Map<String, Said<Rate>> rates = new HashMap<>();
  private final Map<String, Said<Duration>> timesToLive = new HashMap<>();

  private record Rate(int permits, Duration period) {
    @Override
    public String toString() {
      return permits + (permits == 1 ? " permit in " : " permits in ") + period;
    }
  }

  private record Said<T>(ExecutableElement by, T value) {}

  /**
   * Checks one.
   *
   * @throws Mistake if a method before has another rate for the same name
   */
  Gate.Throttled checked(ExecutableElement method, Gate.Throttled throttled) {
    Rate rate = new Rate(throttled.permits(), throttled.period());
    check(rates, throttled.name(), "@Throttled", new Said<>(method, rate));
    return throttled;
  }

  /**
   * Checks one.
   *
   * @throws Mistake if a method before has another time to live for the same name
   */
  Gate.OneAtATime checked(ExecutableElement method, Gate.OneAtATime one) {
    Duration timeToLive = one.timeToLive().orElse(USUAL_TIME_TO_LIVE);
    check(timesToLive, one.name(), "@OneAtATime", new Said<>(method, timeToLive));
    return one;
  }

  private static <T> void check(
      Map<String, Said<T>> known, String name, String annotation, Said<T> said) {
    Said<T> before = known.putIfAbsent(name, said);
    if (before != null && !before.value().equals(said.value())) {
      throw new Mistake(
          MistakeId.GATE_MISMATCH,
          "%s \"%s\" has %s at %s and %s at %s; say the same at both, or give one another name",
          annotation,
          name,
          shown(before.value()),
          before.by().getSimpleName(),
          shown(said.value()),
          said.by().getSimpleName());
    }
  }

  private static String shown(Object value) {
    if (value instanceof Duration timeToLive) {
      boolean isUsual = timeToLive.equals(USUAL_TIME_TO_LIVE);
      return "a ttl of " + timeToLive + (isUsual ? ", the default," : "");
    }
    return value.toString();
  }
}
