package io.diskmemo.benchmarks.peers;

import io.diskmemo.annotations.DiskMemoize;

/** A memoized method that makes documents. */
public class Documents {
  /** Nothing is wanted. */
  public Documents() {}

  /**
   * A document.
   *
   * @param country of the document
   * @param id of the document
   * @param size of its text
   * @return always the same
   */
  @DiskMemoize(kind = "disk", tag = "country:{country}")
  public Document document(String country, int id, int size) {
    return Document.of(id, size);
  }
}
