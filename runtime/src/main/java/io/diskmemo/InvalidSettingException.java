package io.diskmemo;

/** A setting has no such name or no such value. */
public final class InvalidSettingException extends DiskMemoException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the place, the setting and the nearest right one
   */
  public InvalidSettingException(String message) {
    super("read the settings", message, false, null);
  }
}
