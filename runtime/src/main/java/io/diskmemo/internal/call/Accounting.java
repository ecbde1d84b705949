package io.diskmemo.internal.call;

import io.diskmemo.internal.call.Counters.Event;
import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.Stored;
import io.diskmemo.internal.memory.Remembered;

/** What follows when an entry was stored, or was not: it is counted, and memory learns of it. */
final class Accounting {
  private Accounting() {}

  static void of(KindParts kind, Stored stored, Pending pending) {
    kind.counters().count(Event.CULLED, stored.culled());
    switch (stored.outcome()) {
      case STORED -> {
        kind.counters().count(Event.STORE);
        if (pending.entry().value() instanceof Content.Bytes) { // a blob would hold its file open
          keep(kind, stored, pending);
        }
        kind.totals().afterStore();
      }
      case NO_ROOM -> kind.counters().count(Event.REFUSED_NO_ROOM);
      case LEASE_LOST -> kind.counters().count(Event.REFUSED_LEASE_LOST);
      case EVICTED_MEANWHILE -> kind.counters().count(Event.REFUSED_EVICTED);
      case PRESENT -> kind.counters().count(Event.REFUSED_PRESENT);
      case REMOVED -> kind.counters().count(Event.EVICTED);
      case ABSENT -> {}
    }
  }

  private static void keep(KindParts kind, Stored stored, Pending pending) {
    NewEntry entry = pending.entry();
    kind.memory()
        .keep(
            pending.lookupKey(),
            new Remembered<>(
                entry.key(),
                stored.identity(),
                kind.store().coherence(entry.key()),
                stored.stamp(),
                entry.expiresMillis(),
                entry.costNanos(),
                pending.result()));
  }
}
