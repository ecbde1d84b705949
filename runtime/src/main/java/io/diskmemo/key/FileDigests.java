package io.diskmemo.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Digests of files, remembered as long as the file cannot have changed. Thread-safe.
 *
 * <p>A file is known again by device, inode, size, time of modification and time of change; the last
 * cannot be set back by a program. A file can change twice within one tick of the clock that gives
 * these times, and look the same: so a digest is only remembered if the file was last changed well
 * before it was read, as git does with its index ("racy git"). Where the system has no time of
 * change, nothing is remembered, and every call reads the file.
 */
final class FileDigests {
  /** More than the resolution of any file system's times, FAT's 2 s included. */
  private static final Duration SETTLED_AFTER = Duration.ofSeconds(3);

  private static final int MOST_FILES = 20_000;
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";

  private final Cache<Map<String, Object>, Digest> known =
      Caffeine.newBuilder().maximumSize(MOST_FILES).executor(Runnable::run).build();
  private final Supplier<MessageDigest> digests;
  private final InstantSource clock;

  /** The number of bytes in a file, and their SHA-256. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and its one reader only reads it
  record Digest(long sizeBytes, byte[] sha256) {}

  FileDigests(Supplier<MessageDigest> digests, InstantSource clock) {
    this.digests = digests;
    this.clock = clock;
  }

  Digest of(Path file) throws IOException {
    Map<String, Object> attributes = attributes(file);
    Digest digest = known.getIfPresent(attributes);
    return digest != null ? digest : readAndRemember(file, attributes);
  }

  private Digest readAndRemember(Path file, Map<String, Object> before) throws IOException {
    long begun = clock.millis();
    Digest digest = read(file);
    if (!before.isEmpty() && isSettled(before, begun) && attributes(file).equals(before)) {
      known.put(before, digest);
    }
    return digest;
  }

  private static boolean isSettled(Map<String, Object> attributes, long nowMillis) {
    long settled = nowMillis - SETTLED_AFTER.toMillis();
    return attributes.values().stream()
        .noneMatch(value -> value instanceof FileTime time && time.toMillis() >= settled);
  }

  /** What the file is known by, or nothing where the system does not tell enough. */
  private static Map<String, Object> attributes(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.readAttributes(file, ATTRIBUTES)
        : Map.of();
  }

  private Digest read(Path file) throws IOException {
    MessageDigest digest = digests.get();
    long bytes = 0;
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
        bytes += n;
      }
    }
    return new Digest(bytes, digest.digest());
  }
}
