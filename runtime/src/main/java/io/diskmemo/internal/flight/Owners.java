package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.LeaseFile;
import io.diskmemo.internal.disk.SharedWords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * What the processes say of themselves in the lease file, by their numbers: process id, since when
 * (milliseconds since 1970), and the name of the host, which differs between containers. Only for
 * people; nothing is decided by it.
 */
final class Owners {
  private static final int FIRST_WORD = 512;
  private static final int WORDS_PER_OWNER = 8;
  private static final int PROCESS_ID = 0;
  private static final int SINCE = 1;
  private static final int HOST = 2;
  private static final int HOST_BYTES = (WORDS_PER_OWNER - HOST) * Long.BYTES;

  private final SharedWords words;

  Owners(SharedWords words) {
    this.words = words;
  }

  /** Writes what is known of this process. */
  void describe(int owner) {
    int base = index(owner);
    words.set(base + PROCESS_ID, ProcessHandle.current().pid());
    words.set(base + SINCE, System.currentTimeMillis());
    ByteBuffer host = ByteBuffer.wrap(
        Arrays.copyOf(LeaseFile.hostName().getBytes(StandardCharsets.UTF_8), HOST_BYTES));
    for (int i = HOST; i < WORDS_PER_OWNER; i++) {
      words.set(base + i, host.getLong());
    }
  }

  /** Who has a lease, as far as can be read. */
  Holder holder(int owner, Instant since) {
    int base = index(owner);
    ByteBuffer host = ByteBuffer.allocate(HOST_BYTES);
    for (int i = HOST; i < WORDS_PER_OWNER; i++) {
      host.putLong(words.get(base + i));
    }
    String name = new String(host.array(), StandardCharsets.UTF_8);
    int end = name.indexOf('\0');
    return new Holder(words.get(base + PROCESS_ID), end < 0 ? name : name.substring(0, end), since);
  }

  private static int index(int owner) {
    return FIRST_WORD + (owner - 1) * WORDS_PER_OWNER;
  }
}
