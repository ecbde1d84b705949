package io.diskmemo.internal.disk;

/** What the disk holds under a key. */
public sealed interface Lookup permits StoredEntry, StoredFile, Lookup.Miss {

  /** Why there is nothing to return. */
  enum Miss implements Lookup {
    /** No entry has the key. */
    ABSENT,
    /** Its time is over. */
    EXPIRED,
    /** Its checksum does not hold; it was removed. */
    DAMAGED,
    /**
     * It is encrypted with another key than this process has, or with none where it has one; it stays.
     */
    OTHER_KEY,
    /** The disk could not be asked. */
    UNAVAILABLE
  }
}
