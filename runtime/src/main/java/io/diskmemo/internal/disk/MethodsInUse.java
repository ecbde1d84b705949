package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The methods that this process has bound. That they are in use is written with other writes, once a
 * day: binding a method costs no commit, and a process that never writes notes nothing. Thread-safe.
 */
final class MethodsInUse {
  private static final long REPEAT_MILLIS = Duration.ofDays(1).toMillis();
  private static final long NEVER_WRITTEN = Long.MIN_VALUE;

  private final InstantSource clock;
  private final Map<MethodName, Long> written = new ConcurrentHashMap<>();
  private volatile long dueMillis = Long.MAX_VALUE;

  MethodsInUse(InstantSource clock) {
    this.clock = clock;
  }

  void note(MethodName method) {
    if (written.putIfAbsent(method, NEVER_WRITTEN) == null) {
      dueMillis = NEVER_WRITTEN;
    }
  }

  /** Writes down what is due. */
  void write(Transaction transaction) throws SQLException {
    long now = clock.millis();
    if (now < dueMillis) {
      return;
    }
    var uses = Map.copyOf(written); // what is bound from now on is due the next time
    for (MethodName method : uses.keySet()) {
      transaction.names.use(method, now, transaction.state);
    }
    transaction.onCommit(() -> {
      dueMillis = now + REPEAT_MILLIS;
      uses.forEach((method, before) -> written.replace(method, before, now));
      if (written.containsValue(NEVER_WRITTEN)) { // bound meanwhile
        dueMillis = NEVER_WRITTEN;
      }
    });
  }
}
