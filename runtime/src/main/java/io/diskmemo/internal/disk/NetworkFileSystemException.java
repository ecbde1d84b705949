package io.diskmemo.internal.disk;

/** The directory is on a file system that several machines share, and nobody said that it may be. */
public final class NetworkFileSystemException extends DiskException {
  private static final long serialVersionUID = 1L;

  NetworkFileSystemException(String operation, Object directory, String type) {
    super(
        operation,
        false,
        directory + " is on a network file system (" + type + "), where locks and mapped memory do"
            + " not reach other machines; use a local directory, or set network-file-system=on for"
            + " the kind if only this machine uses it");
  }
}
