package io.diskmemo;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of exported entries cannot be written or read, or is not what it should be. */
public final class ExportFileException extends DiskMemoException {
  private static final long serialVersionUID = 1L;

  ExportFileException(String operation, Path file, IOException cause) {
    super(operation, file + reason(operation, cause), false, cause);
  }

  private static String reason(String operation, IOException cause) {
    if (cause instanceof FileAlreadyExistsException) {
      return " is there already; name another file, or delete it";
    }
    if (cause instanceof NoSuchFileException) {
      return operation.equals("export")
          ? " has no directory to be in; make it first, or name a file in one that is there"
          : " is not there; name a file that cache:export or exportTo wrote";
    }
    return ": " + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }
}
