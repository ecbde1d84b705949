package io.diskmemo.testkit;

import io.diskmemo.internal.disk.Content;
import io.diskmemo.internal.disk.MethodName;
import io.diskmemo.internal.disk.NewEntry;
import io.diskmemo.internal.disk.StoredEntry;
import io.diskmemo.internal.value.PlainKeys;
import io.diskmemo.key.Key;
import java.util.Arrays;
import java.util.List;

/** Entries to store below the public API. */
public final class NewEntries {
  /** The method that they are results of. */
  public static final MethodName METHOD = new MethodName("a.B.m()V", 1, "f");

  private NewEntries() {}

  /** The key of a name. */
  public static Key key(String name) {
    return PlainKeys.writerOf(name).toKey();
  }

  /** A value in the place of any other, which says its content with each byte. */
  public static NewEntry entry(String name, int content, int bytes, String... tags) {
    return costing(name, content, bytes, 0, tags);
  }

  /** An entry in another mode. */
  public static NewEntry in(NewEntry.Mode mode, NewEntry entry) {
    return new NewEntry(
        entry.key(),
        entry.method(),
        entry.tags(),
        entry.expiresMillis(),
        entry.costNanos(),
        entry.value(),
        mode,
        entry.sequence());
  }

  /** The same that took so long to compute. */
  public static NewEntry costing(
      String name, int content, int bytes, long costNanos, String... tags) {
    byte[] value = new byte[bytes];
    Arrays.fill(value, (byte) content);
    return new NewEntry(
        key(name),
        METHOD,
        List.of(tags),
        StoredEntry.NEVER,
        costNanos,
        Content.of(value),
        NewEntry.Mode.REPLACE,
        NewEntry.NOW);
  }
}
