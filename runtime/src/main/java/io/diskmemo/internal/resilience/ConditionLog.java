package io.diskmemo.internal.resilience;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for each change how it is with the disk of a kind: in the log and the flight recorder. */
final class ConditionLog implements Breaker.Listener {
  static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private final String kind;

  ConditionLog(String kind) {
    this.kind = kind;
  }

  @Override
  public void changed(Condition before, Condition now) {
    switch (now.level()) {
      case HEALTHY -> LOG.info("kind {}: the disk answers again", kind);
      case DEGRADED ->
        LOG.warn(
            "kind {}: results are read from the disk and not stored until there is room or an answer:"
                + " {}",
            kind,
            now.reason());
      case UNHEALTHY ->
        LOG.warn(
            "kind {}: results are computed without the disk until it can be used again: {}",
            kind,
            now.reason());
    }
    HealthRecording.changed(kind, now);
  }
}
