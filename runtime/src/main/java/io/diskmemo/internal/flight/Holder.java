package io.diskmemo.internal.flight;

import java.time.Instant;

/**
 * Who computes what others wait for.
 *
 * @param processId of the process, as its own system counts
 * @param host name of the process's host or container
 * @param since when it began
 */
public record Holder(long processId, String host, Instant since) {
  /** Where nobody is known, or time is what is waited for. */
  public static final Holder NOBODY = new Holder(0, "", Instant.EPOCH);

  /**
   * Whether somebody is known.
   *
   * @return true if not
   */
  public boolean isNobody() {
    return equals(NOBODY);
  }
}
