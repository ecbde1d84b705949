package io.diskmemo.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup of a kind. It is whole if its manifest is there, which is written last, and says how the
 * databases beside it must be.
 *
 * <pre>
 * backup/20261121T060000Z-1/
 *   manifest            see below
 *   cache.db values/    of a kind with one database
 *   shard-0/cache.db    of a kind with several, as in the kind's own directory
 * </pre>
 *
 * <p>The manifest is text: a line {@code diskmemo-backup 1}; for each database a line {@code database},
 * entries, bytes and the SHA-256 of its file; and a line {@code sha256} over all lines before.
 *
 * @param directory that holds it
 * @param parts what the manifest says of each database
 */
record Backup(Path directory, List<Part> parts) {
  static final String DATABASE = "cache.db";
  static final String MANIFEST = "manifest";

  private static final String HEADER = "diskmemo-backup 1\n";
  private static final Pattern PART =
      Pattern.compile("database ([0-9]{1,18}) ([0-9]{1,18}) ([0-9a-f]{64})\n");
  private static final Pattern END = Pattern.compile("sha256 ([0-9a-f]{64})\n");
  private static final int MOST_MANIFEST_BYTES = 1 << 20;

  /** One database: its entries, the bytes that they count, and the digest of its file. */
  record Part(long entries, long bytes, String digest) {}

  String name() {
    return directory.getFileName().toString();
  }

  long entries() {
    return parts.stream().mapToLong(Part::entries).sum();
  }

  long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  /** Where the part of a database is, of so many. */
  static Path partOf(Path directory, int database, int databases) {
    return databases == 1 ? directory : directory.resolve(StoreDirectory.SHARD + database);
  }

  Path part(int database) {
    return partOf(directory, database, parts.size());
  }

  /** Whether the files of the databases are those that the manifest was written for. */
  boolean isAsItWas() throws IOException {
    for (int i = 0; i < parts.size(); i++) {
      Path file = part(i).resolve(DATABASE);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || !digestOf(file).equals(parts.get(i).digest())) {
        return false;
      }
    }
    return true;
  }

  /** Writes the manifest, with which the backup is whole. */
  void complete() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (Part part : parts) {
      text.append("database ")
          .append(part.entries())
          .append(' ')
          .append(part.bytes())
          .append(' ')
          .append(part.digest())
          .append('\n');
    }
    String end = "sha256 " + hex(sha256().digest(bytesOf(text.toString()))) + "\n";
    Platform.writeAtomically(directory.resolve(MANIFEST), bytesOf(text + end));
  }

  /** The backup in a directory; empty if it is not whole. */
  static Optional<Backup> in(Path directory) throws IOException {
    Path manifest = directory.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)
        || Files.size(manifest) > MOST_MANIFEST_BYTES) {
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(manifest), StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf("sha256 ");
    if (!text.startsWith(HEADER) || end < HEADER.length()) {
      return Optional.empty();
    }
    Matcher digest = END.matcher(text.substring(end));
    String body = text.substring(HEADER.length(), end);
    return digest.matches()
            && digest.group(1).equals(hex(sha256().digest(bytesOf(text.substring(0, end)))))
        ? parts(body).map(parts -> new Backup(directory, parts))
        : Optional.empty();
  }

  private static Optional<List<Part>> parts(String body) {
    List<Part> parts = new ArrayList<>();
    Matcher part = PART.matcher(body);
    int at = 0;
    while (part.find(at) && part.start() == at) {
      parts.add(
          new Part(Long.parseLong(part.group(1)), Long.parseLong(part.group(2)), part.group(3)));
      at = part.end();
    }
    return at == body.length() && !parts.isEmpty() ? Optional.of(parts) : Optional.empty();
  }

  private static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Of a file that nobody has open as a database. */
  static String digestOf(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return hex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("every JDK has SHA-256", e));
    }
  }
}
