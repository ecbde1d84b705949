package io.diskmemo.internal.disk;

import java.util.Locale;

/** Which entries make room first. */
public enum CullOrder {
  /** None: nothing makes room. */
  NONE("id", false, ""),
  /** Those stored longest ago. */
  STORED("id", false, ""),
  /** Those read longest ago. */
  ACCESSED("accessed, id", true, ""),
  /** Those read least often; of these, those read longest ago. Reads of long ago count less. */
  ACCESSES("accesses, accessed, id", true, "accesses"),
  /** Those that save the least time for the room that they take. Reads of long ago count less. */
  COST(
      "cost * 1.0 * (accesses + 1) / size, id",
      true,
      "CAST(cost * 1000.0 * (accesses + 1) / size AS INTEGER)");

  private final String columns;
  private final boolean countsAccesses;
  private final String worth;

  CullOrder(String columns, boolean countsAccesses, String worth) {
    this.columns = columns;
    this.countsAccesses = countsAccesses;
    this.worth = worth;
  }

  boolean culls() {
    return this != NONE;
  }

  /** Whether it depends on when and how often entries are read. */
  public boolean countsAccesses() {
    return countsAccesses;
  }

  /** For {@code ORDER BY}. */
  String columns() {
    return columns;
  }

  /** Made by the first process that needs it, because keeping it costs each store. */
  String indexName() {
    return "entry_by_" + name().toLowerCase(Locale.ROOT);
  }

  /** Whether reads count less, the longer ago they were. */
  boolean ages() {
    return !worth.isEmpty();
  }

  /** What an entry is worth, for {@code SELECT}: reads, or picoseconds saved for each byte. */
  String worth() {
    return ages() ? worth : "0";
  }

  /** In the table {@code total}. */
  String floorName() {
    return "floor_of_" + name().toLowerCase(Locale.ROOT);
  }
}
