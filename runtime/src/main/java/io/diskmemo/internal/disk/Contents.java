package io.diskmemo.internal.disk;

import io.diskmemo.key.Key;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a database holds, in sum and in pages. Thread-safe. */
final class Contents {
  private final Readers readers;

  Contents(Readers readers) {
    this.readers = readers;
  }

  KindStore.Size size() {
    return readers.read(
        "read the size",
        statements -> statements
            .first(
                "SELECT entries, size FROM state",
                row -> new KindStore.Size(row.number(1), row.number(2)))
            .orElseThrow());
  }

  List<KindStore.TagSize> tags() {
    return readers.read("list tags", TagSums::in);
  }

  List<Key> keys(@Nullable Key after, int most) {
    byte[] from = after == null ? new byte[0] : after.toBytes();
    return readers.read(
        "list keys",
        statements -> statements.list(
            "SELECT key FROM entry WHERE key > ? AND length(key) = " + Key.LENGTH + " AND NOT "
                + Entries.HIDDEN
                + " ORDER BY key LIMIT ?",
            row -> Key.of(row.requiredBytes(1)),
            from,
            most));
  }

  List<String> methodNames() {
    return readers.read(
        "list methods",
        statements -> statements.list(
            "SELECT DISTINCT name FROM method WHERE name <> '' AND NOT " + Names.IS_EVICTED_NAME
                + " ORDER BY name",
            row -> row.requiredText(1)));
  }

  long count(EntryFilter filter) {
    return readers.read(
        "count entries",
        statements -> statements
            .number(
                "SELECT count(*) FROM entry WHERE NOT " + Entries.HIDDEN
                    + " AND (?1 = '' OR id IN (SELECT entry FROM entry_tag WHERE tag ="
                    + " (SELECT id FROM tag WHERE name = ?1))"
                    + " OR instr(tags, ',' || (SELECT id FROM tag WHERE name = ?1) || ','))"
                    + " AND (?2 = '' OR method IN (SELECT id FROM method WHERE name = ?2"
                    + " OR substr(name, 1, length(?2) + 1) = ?2 || '('))",
                Optional.ofNullable(filter.tag()).orElse(""),
                Optional.ofNullable(filter.method()).orElse(""))
            .orElseThrow());
  }

  boolean isByHand(Key key) {
    return readers.read(
        "look at an entry",
        statements -> statements
            .number(
                "SELECT 1 FROM entry JOIN method ON method.id = method WHERE key = ? AND name = ''",
                (Object) key.toBytes())
            .isPresent());
  }

  long sequence() {
    return readers.read(
        "read the sequence",
        statements -> statements.number("SELECT sequence FROM state").orElseThrow());
  }

  long lastRow() {
    return readers.read(
        "read the last row",
        statements -> statements.number("SELECT last_row FROM state").orElseThrow());
  }
}
