package io.diskmemo.internal.maintain;

import java.io.IOException;

/** A file of entries is not what it should be. */
public final class BadExportException extends IOException {
  private static final long serialVersionUID = 1L;

  BadExportException(String message) {
    super(message);
  }
}
