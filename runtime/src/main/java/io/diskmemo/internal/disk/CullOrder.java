package io.diskmemo.internal.disk;

import java.util.Locale;

/** Which entries make room first. */
public enum CullOrder {
  /** None: nothing makes room. */
  NONE("id", false),
  /** Those stored longest ago. */
  STORED("id", false),
  /** Those read longest ago. */
  ACCESSED("accessed, id", true),
  /** Those read least often; of these, those read longest ago. */
  ACCESSES("accesses, accessed, id", true),
  /** Those that save the least time for the room that they take. */
  COST("cost * 1.0 * (accesses + 1) / size, id", true);

  private final String columns;
  private final boolean countsAccesses;

  CullOrder(String columns, boolean countsAccesses) {
    this.columns = columns;
    this.countsAccesses = countsAccesses;
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
}
