package io.diskmemo;

import io.diskmemo.internal.disk.DamagedException;

/**
 * An element of a persistent collection is not what was written. It was moved aside, and is no element
 * any more; the same call goes on without it, so that {@link #isTransient()} is true.
 */
public final class DamagedElementException extends DiskMemoException {
  private static final long serialVersionUID = 1L;

  DamagedElementException(DamagedException cause) {
    super(cause.operation(), String.valueOf(cause.getMessage()), true, cause);
  }
}
