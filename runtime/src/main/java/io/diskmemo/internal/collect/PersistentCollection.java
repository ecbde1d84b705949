package io.diskmemo.internal.collect;

import io.diskmemo.internal.disk.CollectionDatabase.Tables;

/** What a persistent collection has beside its elements. */
public interface PersistentCollection extends AutoCloseable {
  /** What a new one begins with. */
  Tables TABLES = Rows.TABLES;

  /**
   * Which one it is.
   *
   * @return the name
   */
  String name();

  /**
   * How many elements were moved aside because they were damaged.
   *
   * @return since it was made
   */
  long damaged();

  /**
   * Ends its use; for whoever opened it. Those who wait are woken, and fail.
   *
   * @throws io.diskmemo.internal.disk.DiskException if the database cannot be closed
   */
  @Override
  void close();
}
