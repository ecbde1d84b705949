package io.diskmemo;

import java.nio.file.Path;
import java.util.List;

/** A kind was named that the directory does not hold. */
public final class UnknownKindException extends DiskMemoException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param kind that was named
   * @param directory that does not hold it
   * @param present the kinds that it does hold
   */
  public UnknownKindException(String kind, Path directory, List<String> present) {
    super("find the kind", message(kind, directory, present), false, null);
  }

  private static String message(String kind, Path directory, List<String> present) {
    return present.isEmpty()
        ? "there is no kind \"" + kind + "\" in " + directory + ", which holds none yet"
        : "there is no kind \""
            + kind
            + "\" in "
            + directory
            + ", which holds "
            + String.join(", ", present)
            + Nearest.to(kind, present)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
  }
}
