package io.diskmemo.internal.flight;

import io.diskmemo.internal.disk.LeaseFile;
import io.diskmemo.internal.disk.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.openjdk.jcstress.annotations.JCStressTest;

/**
 * The slots of one key in a lease file, which no other key of these tests has; all free. There are as
 * many as lease files have room for, and then the first is used again: {@link JCStressTest}s must not
 * have so many states at once.
 */
final class Region {
  private static final int LEASE_FILES = 8;
  private static final int REGIONS_PER_FILE = SlotTable.SLOTS / SlotTable.PROBES;
  private static final List<LeaseFile> FILES =
      IntStream.range(0, LEASE_FILES).mapToObj(i -> newFile()).toList();
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final AtomicLong NONCES = new AtomicLong();

  private final LeaseFile words;
  private final int home;
  final SlotTable slots;
  final SlotKey key;

  Region() {
    int number = Math.floorMod(NEXT.getAndIncrement(), LEASE_FILES * REGIONS_PER_FILE);
    words = FILES.get(number / REGIONS_PER_FILE);
    home = number % REGIONS_PER_FILE * SlotTable.PROBES;
    slots = new SlotTable(words);
    key = new SlotKey(home, 1);
    clear();
  }

  /** Mapped files stay when their names go. */
  private static LeaseFile newFile() {
    try {
      Path parent = Files.createDirectories(Path.of("stores").toAbsolutePath());
      Path directory = Files.createTempDirectory(parent, "store");
      LeaseFile file = LeaseFile.open(StoreDirectory.openOrCreate(directory));
      try (var names = Files.list(directory)) {
        for (Path name : names.toList()) {
          Files.delete(name);
        }
      }
      Files.delete(directory);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void clear() {
    int first = SlotTable.FIRST_WORD + home * SlotTable.WORDS_PER_SLOT;
    for (int i = 0; i < SlotTable.PROBES * SlotTable.WORDS_PER_SLOT; i++) {
      words.set(first + i, 0);
    }
  }

  /** A key that has the same slots. */
  SlotKey otherKey() {
    return new SlotKey(home, 2);
  }

  SlotTable.Taking take(SlotKey wanted, int owner) {
    return take(wanted, owner, 0);
  }

  SlotTable.Taking take(SlotKey wanted, int owner, long said) {
    return slots.take(wanted, owner, NONCES::incrementAndGet, said, said);
  }

  boolean isTaken(int owner) {
    return take(key, owner) instanceof SlotTable.Taken;
  }

  long renew(SlotTable.Taken lease) {
    return slots.renew(lease.slot(), lease.word(), NONCES::incrementAndGet);
  }

  boolean isFreed(SlotTable.Taken lease) {
    return slots.isFreed(lease.slot(), lease.word());
  }

  /** How many slots the key has. */
  int holders() {
    int holders = 0;
    for (int slot = home; slot < home + SlotTable.PROBES; slot++) {
      holders += SlotTable.isSameKey((long) key.tag() << 32, slots.word(slot)) ? 1 : 0;
    }
    return holders;
  }
}
