package io.diskmemo.internal.disk;

import io.diskmemo.internal.seal.ValueCipher;
import io.diskmemo.internal.seal.ValueCipher.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between the values of a kind and its rows and files: encryption, or nothing. Thread-safe.
 *
 * <p>The checksum of an entry says whether its value is encrypted, so that a process with another key, or
 * with none, can tell what it cannot read from what is damaged. Such an entry is a miss and stays: tools
 * can check, back up and export it without any key. A result that is computed instead takes its place,
 * so that a kind goes on after its key was lost or changed.
 */
final class Sealing {
  private static final Logger LOG = LoggerFactory.getLogger("io.diskmemo");
  private static final int MOST_NOTED = 10_000;

  private final @Nullable ValueCipher cipher;
  private final Set<RowIdentity> unreadable = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean reported = new AtomicBoolean();

  /** With a cipher, or null for values as they are. */
  Sealing(@Nullable ValueCipher cipher) {
    this.cipher = cipher;
  }

  /** The entry as it is to be stored; one that is encrypted already stays as it is. */
  NewEntry sealed(NewEntry entry, long storedMillis) {
    ValueCipher present = cipher;
    if (present == null || entry.value().sealedAt().isPresent()) {
      return entry;
    }
    Owner owner = new Owner(entry.key(), storedMillis, entry.expiresMillis(), entry.costNanos());
    return entry.of(
        entry.value() instanceof Content.Bytes value
            ? Content.sealed(present.seal(owner, value.bytes()), storedMillis)
            : new Encrypting(entry.value(), present, owner));
  }

  /** Encrypts anew each time it is read. */
  private record Encrypting(Content plain, ValueCipher cipher, Owner owner) implements Content {
    @Override
    public long sizeBytes() {
      return ValueCipher.sealedBytes(plain.sizeBytes());
    }

    @Override
    public InputStream newInputStream() throws IOException {
      return cipher.sealing(owner, plain.newInputStream());
    }

    @Override
    public OptionalLong sealedAt() {
      return OptionalLong.of(owner.storedMillis());
    }
  }

  /** Whether a value is encrypted, and there is a key, which is not that of the value. */
  boolean isOfOtherKey(Content value) throws IOException {
    ValueCipher present = cipher;
    if (present == null || value.sealedAt().isEmpty()) {
      return false;
    }
    try (InputStream in = value.newInputStream()) {
      return !present.isOwn(in.readNBytes(ValueCipher.HEADER_BYTES));
    }
  }

  /** Whether values are to be encrypted. */
  boolean isOn() {
    return cipher != null;
  }

  /** Whether this process saw that it cannot read an entry, and a result may take its place. */
  boolean isUnreadable(RowIdentity identity) {
    return unreadable.contains(identity);
  }

  /** What a value is, or why there is none to be had. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Opened(byte @Nullable [] value, Lookup.Miss otherwise) {}

  /**
   * The value of an entry whose checksum holds.
   *
   * @param isSealed whether it is encrypted
   */
  Opened open(RowIdentity identity, Owner owner, byte[] stored, boolean isSealed) {
    ValueCipher present = cipher;
    if (!isSealed && present == null) {
      return new Opened(stored, Lookup.Miss.DAMAGED);
    }
    if (!isSealed || present == null || !present.isOwn(stored)) {
      return new Opened(null, noted(identity));
    }
    InputStream sealed = ReadProgress.noting(new ByteArrayInputStream(stored));
    return new Opened(present.open(owner, stored.length, sealed), Lookup.Miss.DAMAGED);
  }

  private Lookup.Miss noted(RowIdentity identity) {
    if (unreadable.size() >= MOST_NOTED) {
      unreadable.clear();
    }
    unreadable.add(identity);
    if (reported.compareAndSet(false, true)) {
      LOG.warn("an entry is encrypted with another key than this process has, or with none where it"
          + " has one, or it has none; such entries are misses until results take their places. Give"
          + " every process that uses the kind the same encryptionKey");
    }
    return Lookup.Miss.OTHER_KEY;
  }

  /** A file whose value can be read, or why it cannot. */
  record OpenedFile(@Nullable Decryption decryption, Lookup.@Nullable Miss miss) {
    /** One that is not encrypted. */
    static final OpenedFile PLAIN = new OpenedFile(null, null);

    /** One that nobody can read. */
    static final OpenedFile DAMAGED = new OpenedFile(null, Lookup.Miss.DAMAGED);
  }

  /** As {@link #open}, of a value that is not taken into memory. */
  OpenedFile open(RowIdentity identity, Owner owner, Path file, ValueFileReader.Place place) {
    ValueCipher present = cipher;
    if (!place.isSealed() && present == null) {
      return OpenedFile.PLAIN;
    }
    if (!place.isSealed() || present == null) {
      return new OpenedFile(null, noted(identity));
    }
    return SealedFile.opened(file, place, present, owner)
        .orElseGet(() -> new OpenedFile(null, noted(identity)));
  }
}
