package io.diskmemo.fault;

import io.diskmemo.multiprocess.Truth;
import java.nio.file.Path;

/** The counters of a kind, seen and changed from outside. */
final class CoordinationFile {
  private static final int STARTED_SLOT = 64 / Long.BYTES;
  private static final int FINISHED_SLOT = 128 / Long.BYTES;

  private static final int GENERATION_SLOT = 256 / Long.BYTES;
  private static final int EVICTING_SLOT = 320 / Long.BYTES;

  private final Truth memory;

  CoordinationFile(Path store, String kind) {
    memory = new Truth(path(store, kind));
  }

  static Path path(Path store, String kind) {
    return store.resolve("kinds").resolve(kind).resolve("coordination");
  }

  /** What a writer leaves that dies after its commit. */
  void takeTicket() {
    memory.add(STARTED_SLOT, 1);
  }

  /** What processes find that look for the live database. */
  void generation(long generation) {
    memory.set(GENERATION_SLOT, generation);
  }

  long generation() {
    return memory.get(GENERATION_SLOT);
  }

  boolean hasGap() {
    return memory.get(STARTED_SLOT) != memory.get(FINISHED_SLOT);
  }

  /** The number of an eviction that hides entries, or 0. */
  long evicting() {
    return memory.get(EVICTING_SLOT);
  }

  void evicting(long number) {
    memory.set(EVICTING_SLOT, number);
  }
}
