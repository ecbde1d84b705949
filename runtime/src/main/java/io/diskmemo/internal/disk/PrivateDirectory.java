package io.diskmemo.internal.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a directory of this user from others. A umask of 002, and what Kubernetes does to a volume at each
 * start, leave directories that a group can write to, and nobody meant to share a store by that. What is
 * in the directory has to be looked at afterwards, because others may have put it there before.
 */
final class PrivateDirectory {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  /** Directories that the log has spoken of; what is below one goes without saying. */
  private static final Set<Path> REPORTED = ConcurrentHashMap.newKeySet();

  private PrivateDirectory() {}

  /** For a directory that is known to be this user's; refuses one that stays open to others. */
  static void keepOthersOut(Path directory) throws IOException {
    if (Platform.isPrivate(directory, directory)) {
      return;
    }
    boolean hadContent = hasContent(directory);
    FileSystemException failure = tightened(directory);
    if (Platform.isPrivate(directory, directory)) {
      if (hadContent && isNew(directory)) {
        LOG.warn("{} could be written by others than its owner; it is taken from them", directory);
      }
    } else if (Platform.keepsPermissions(directory)) {
      throw OwnPaths.refusal(
          directory + " can be written by others than its owner, who could put their"
              + " own files there, and cannot be taken from them"
              + (failure == null ? "" : " (" + failure.getReason() + ")")
              + "; do that (chmod go-w), or use another directory");
    } else if (isNew(directory)) {
      LOG.warn(
          "{} is on a file system without permissions: whoever can write to that can change what is"
              + " stored",
          directory);
    }
  }

  /** Why it cannot be done is told if it matters. */
  private static @Nullable FileSystemException tightened(Path directory) throws IOException {
    try {
      Platform.takeFromOthers(directory);
      return null;
    } catch (FileSystemException e) {
      return e;
    }
  }

  private static boolean hasContent(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      return content.findAny().isPresent();
    }
  }

  private static boolean isNew(Path directory) {
    return REPORTED.stream().noneMatch(directory::startsWith) && REPORTED.add(directory);
  }
}
