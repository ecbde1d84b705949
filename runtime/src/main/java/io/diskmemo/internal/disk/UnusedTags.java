package io.diskmemo.internal.disk;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes the tags that no entry has, a page at a time; their names count as evicted when last one
 * was. Entries without rows in the index of tags are read once, before.
 */
final class UnusedTags {
  private static final int PAGE = 1000;

  private final Writer writer;
  private final Readers readers;

  UnusedTags(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  long drop(Pace pace) {
    long lastRow = readers.read("read the state", State::read).lastRow();
    Set<Long> used = usedWithoutIndex(lastRow);
    long dropped = 0;
    long step = 0;
    List<Long> page = tagsAfter(0);
    Pace gentle = pace.givingWay();
    while (!page.isEmpty() && gentle.goOn(step)) {
      step = dropped(page.stream().filter(tag -> !used.contains(tag)).toList(), lastRow);
      dropped += step;
      page = tagsAfter(page.get(page.size() - 1));
    }
    return dropped;
  }

  private Set<Long> usedWithoutIndex(long lastRow) {
    Set<Long> used = new HashSet<>();
    long[] after = {0};
    List<String> page;
    do {
      page = readers.read(
          "list tags",
          statements -> statements.list(
              "SELECT tags, id FROM entry WHERE tags IS NOT NULL AND id > ? AND id <= ? ORDER BY id"
                  + " LIMIT " + PAGE,
              row -> {
                after[0] = row.number(2);
                return row.requiredText(1);
              },
              after[0],
              lastRow));
      used.addAll(
          page.stream().flatMap(tags -> Entries.rowsIn(tags).stream()).collect(Collectors.toSet()));
    } while (!page.isEmpty());
    return used;
  }

  private List<Long> tagsAfter(long row) {
    return readers.read(
        "list tags",
        statements -> statements.list(
            "SELECT id FROM tag WHERE id > ? AND NOT EXISTS"
                + " (SELECT 1 FROM entry_tag WHERE tag = tag.id) ORDER BY id LIMIT " + PAGE,
            found -> found.number(1),
            row));
  }

  private long dropped(List<Long> tags, long lastRow) {
    return tags.isEmpty()
        ? 0
        : writer
            .write("drop unused tags", transaction -> dropped(tags, lastRow, transaction))
            .value();
  }

  private static long dropped(List<Long> tags, long lastRow, Transaction transaction)
      throws SQLException {
    long dropped = 0;
    for (long tag : tags) {
      dropped += transaction.names.dropTagIfUnused(tag, lastRow, transaction.state) ? 1 : 0;
    }
    return dropped;
  }
}
