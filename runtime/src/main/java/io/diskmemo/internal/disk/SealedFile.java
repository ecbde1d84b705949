package io.diskmemo.internal.disk;

import io.diskmemo.internal.disk.Sealing.OpenedFile;
import io.diskmemo.internal.seal.NotAuthenticException;
import io.diskmemo.internal.seal.ValueCipher;
import io.diskmemo.internal.seal.ValueCipher.Owner;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at encrypted values in files; a class of its own, so that the cipher is loaded only for these. */
final class SealedFile {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");

  private SealedFile() {}

  /**
   * Opens a value.
   *
   * @return how to read it, or that it is damaged; empty if it is of another key
   * @throws DiskException if the disk fails, which says nothing about the value
   */
  static Optional<OpenedFile> opened(
      Path file, ValueFileReader.Place place, ValueCipher cipher, Owner owner) {
    long bytes = ValueCipher.plainBytes(place.sizeBytes());
    if (bytes < 0) {
      return Optional.of(OpenedFile.DAMAGED);
    }
    Decryption decryption = new Decryption(bytes, stored -> cipher.opening(owner, stored));
    try {
      if (!isOwn(file, place, cipher)) {
        return Optional.empty();
      }
      readToItsEnd(file, place, decryption);
      return Optional.of(new OpenedFile(decryption, null));
    } catch (NotAuthenticException | EOFException | NoSuchFileException e) {
      LOG.debug("a value file cannot be decrypted", e);
      return Optional.of(OpenedFile.DAMAGED);
    } catch (IOException e) { // the next reader may find it whole
      throw new DiskException("read a value file", e);
    }
  }

  private static boolean isOwn(Path file, ValueFileReader.Place place, ValueCipher cipher)
      throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      in.skipNBytes(place.offset());
      return cipher.isOwn(in.readNBytes(ValueCipher.HEADER_BYTES));
    }
  }

  /** So that no reader of it meets what somebody changed. */
  private static void readToItsEnd(Path file, ValueFileReader.Place place, Decryption decryption)
      throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      in.skipNBytes(place.offset());
      decryption.of().decrypting(in).transferTo(OutputStream.nullOutputStream());
    }
  }
}
