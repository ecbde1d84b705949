package io.diskmemo.internal.disk;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Stores entries, alone or several in one transaction. Thread-safe. */
final class EntryWriter {
  private final Writer writer;
  private final Readers readers;
  private final StoreLimits limits;
  private final InstantSource clock;
  private final ValueFiles valueFiles;
  private final Sealing sealing;
  private final Storing storing;
  private final EvictedEntries evicted;
  private final Room room;

  EntryWriter(
      Writer writer,
      Readers readers,
      StoreLimits limits,
      InstantSource clock,
      ValueFiles valueFiles,
      Sealing sealing,
      Storing storing,
      EvictedEntries evicted,
      Room room) {
    this.writer = writer;
    this.readers = readers;
    this.limits = limits;
    this.clock = clock;
    this.valueFiles = valueFiles;
    this.sealing = sealing;
    this.storing = storing;
    this.evicted = evicted;
    this.room = room;
  }

  boolean isEvicted(NewEntry entry) {
    return !entry.isComparableIn(writer.coherence())
        || readers.read(
            "look for an eviction",
            statements -> statements.asOfOneCommit(
                () -> new Names(statements).evictedSince(entry, State.read(statements))));
  }

  Stored store(NewEntry entry) {
    Stored stored = storeAll(List.of(entry), false).get(0);
    if (stored.outcome() == Stored.Outcome.NO_ROOM) {
      room.makeRoomLater(entry.sizeBytes());
    }
    evicted.removeLater();
    return stored;
  }

  List<Stored> storeAllOrNone(List<NewEntry> entries) {
    // the last would cull the first
    if (sizeOf(entries) > limits.sizeBytes()) {
      throw storing.noRoom("store a batch");
    }
    return storeAll(entries, true);
  }

  private static long sizeOf(List<NewEntry> entries) {
    return entries.stream().mapToLong(NewEntry::sizeBytes).sum();
  }

  /** Large values are in their files before the transaction begins. */
  private List<Stored> storeAll(List<NewEntry> entries, boolean allOrNone) {
    List<Prepared> prepared = new ArrayList<>(entries.size());
    List<Stored> stored = List.of();
    try {
      for (NewEntry entry : entries) {
        prepared.add(prepare(entry));
      }
      stored = allOrNone ? storePrepared(prepared) : List.of(storePrepared(prepared.get(0)));
      return stored;
    } finally {
      discardFiles(prepared, stored);
    }
  }

  /** What cannot fit, or is not in memory and small, is not written in vain. */
  private Prepared prepare(NewEntry plain) {
    NewEntry entry = sealing.sealed(plain, clock.millis());
    long now = entry.value().sealedAt().orElseGet(clock::millis);
    boolean inRow = entry.value() instanceof Content.Bytes
        && (entry.value().sizeBytes() < limits.minFileBytes()
            || entry.sizeBytes() > limits.sizeBytes());
    return inRow
        ? Prepared.inRow(entry, now, ((Content.Bytes) entry.value()).bytes())
        : valueFiles.write(entry, now);
  }

  /** In one transaction; what finds no room is left out. */
  List<Stored> storeEach(List<NewEntry> entries) {
    List<Prepared> prepared = new ArrayList<>(entries.size());
    List<Stored> stored = List.of();
    try {
      for (NewEntry entry : entries) {
        prepared.add(prepare(entry));
      }
      stored = writer
          .write("store entries", transaction -> {
            transaction.spareAfter(transaction.state.lastRow());
            List<Stored> each = new ArrayList<>(prepared.size());
            for (Prepared one : prepared) {
              each.add(storing.store(one, transaction));
            }
            return each;
          })
          .value();
      return stored;
    } finally {
      discardFiles(prepared, stored);
    }
  }

  private Stored storePrepared(Prepared prepared) {
    Writer.Result<Stored> result =
        writer.writeTogether("store an entry", transaction -> storing.store(prepared, transaction));
    return result.value().stampedWith(result.stamp());
  }

  private List<Stored> storePrepared(List<Prepared> prepared) {
    Writer.Result<List<Stored>> result;
    try {
      result = writer.write("store a batch", transaction -> {
        transaction.spareAfter(transaction.state.lastRow());
        List<Stored> stored = new ArrayList<>(prepared.size());
        for (Prepared one : prepared) {
          stored.add(storing.storeOrFail("store a batch", one, transaction));
        }
        return stored;
      });
    } catch (NoRoomException e) {
      room.makeRoomLater(sizeOf(prepared.stream().map(Prepared::entry).toList()));
      throw e;
    }
    evicted.removeLater();
    return result.value().stream().map(one -> one.stampedWith(result.stamp())).toList();
  }

  private void discardFiles(List<Prepared> prepared, List<Stored> stored) {
    for (int i = 0; i < prepared.size(); i++) {
      boolean kept = i < stored.size() && stored.get(i).outcome() == Stored.Outcome.STORED;
      String file = prepared.get(i).file();
      if (!kept && file != null) {
        valueFiles.discard(file);
      }
    }
  }
}
