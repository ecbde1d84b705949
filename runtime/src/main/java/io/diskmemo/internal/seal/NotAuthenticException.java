package io.diskmemo.internal.seal;

import java.io.IOException;

/** What was read is not what was encrypted, whereas a failure to read it is any other exception. */
public final class NotAuthenticException extends IOException {
  private static final long serialVersionUID = 1;

  NotAuthenticException(String message) {
    super(message);
  }

  NotAuthenticException(String message, Throwable cause) {
    super(message, cause);
  }
}
