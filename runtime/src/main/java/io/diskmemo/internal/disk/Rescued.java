package io.diskmemo.internal.disk;

import java.util.Optional;

/**
 * What came back of a database that was damaged.
 *
 * @param database name of its file
 * @param backup that entries came from
 * @param fromBackup entries of the backup
 * @param fromFiles entries made again from their value files
 */
public record Rescued(String database, Optional<String> backup, long fromBackup, long fromFiles) {
  /**
   * How people read it.
   *
   * @return a sentence
   */
  @Override
  public String toString() {
    return "the database " + database + " was damaged or missing, and was set aside; "
        + fromBackup + " entries came back from "
        + backup.map(name -> "the backup " + name).orElse("no backup") + ", " + fromFiles
        + " from their value files";
  }
}
