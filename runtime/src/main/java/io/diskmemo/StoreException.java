package io.diskmemo;

import io.diskmemo.internal.disk.DiskException;

/** The store could not be opened, or did not do what was asked of it. */
public final class StoreException extends DiskMemoException {
  private static final long serialVersionUID = 1L;

  StoreException(DiskException cause) {
    super(cause.operation(), String.valueOf(cause.getMessage()), cause.isTransient(), cause);
  }
}
