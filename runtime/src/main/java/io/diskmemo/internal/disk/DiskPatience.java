package io.diskmemo.internal.disk;

import java.time.Duration;
import org.slf4j.LoggerFactory;

/** How long callers wait for a disk that does not answer, until they go on without. */
public final class DiskPatience {
  /** In nanoseconds; 100 ms, unless the system property {@code io.diskmemo.patience} says otherwise. */
  public static final long NANOS = stated().toNanos();

  private DiskPatience() {}

  private static Duration stated() {
    Duration usual = Duration.ofMillis(100);
    String stated = System.getProperty("io.diskmemo.patience");
    try {
      return stated == null ? usual : positive(Long.parseLong(stated));
    } catch (NumberFormatException e) {
      LoggerFactory.getLogger("io.diskmemo")
          .warn(
              "the system property io.diskmemo.patience is {}; give milliseconds, such as 100",
              stated);
      return usual;
    }
  }

  private static Duration positive(long millis) {
    if (millis <= 0) {
      throw new NumberFormatException("it is not positive");
    }
    return Duration.ofMillis(millis);
  }
}
