package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What there is under each tag. Each entry is looked at once, with and without the index of tags. */
final class TagSums {
  private static final String INDEXED =
      "SELECT tag, count(*), sum(size) FROM entry_tag JOIN entry ON entry.id = entry_tag.entry"
          + " WHERE NOT " + Entries.HIDDEN + " GROUP BY tag";
  private static final String UNINDEXED =
      "SELECT tags, size FROM entry WHERE tags IS NOT NULL AND NOT " + Entries.HIDDEN;

  private final Map<Long, Sum> sums = new HashMap<>();

  private TagSums() {}

  private record Sum(long entries, long bytes) {
    Sum plus(Sum other) {
      return new Sum(entries + other.entries, bytes + other.bytes);
    }
  }

  /** In the order of the names of the tags. */
  static List<KindStore.TagSize> in(Statements statements) throws SQLException {
    return statements.asOfOneCommit(() -> {
      TagSums all = new TagSums();
      statements.forEach(
          INDEXED, row -> all.add(row.number(1), new Sum(row.number(2), row.number(3))));
      statements.forEach(UNINDEXED, row -> {
        for (long tag : Entries.rowsIn(row.requiredText(1))) {
          all.add(tag, new Sum(1, row.number(2)));
        }
      });
      return all.named(statements);
    });
  }

  private void add(long tag, Sum more) {
    sums.merge(tag, more, Sum::plus);
  }

  private List<KindStore.TagSize> named(Statements statements) throws SQLException {
    Map<String, KindStore.TagSize> named = new TreeMap<>();
    statements.forEach("SELECT id, name FROM tag", row -> {
      Sum sum = sums.get(row.number(1));
      if (sum != null) {
        String name = row.requiredText(2);
        named.put(name, new KindStore.TagSize(name, sum.entries(), sum.bytes()));
      }
    });
    return List.copyOf(named.values());
  }
}
