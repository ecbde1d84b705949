package io.diskmemo.benchmarks.store;

import io.diskmemo.annotations.DiskMemoize;

/** Memoized methods whose results take about 200 bytes. */
public class Names {
  private static final String REST = "x".repeat(190);

  /** A result of 200 bytes. */
  public record Name(long id, String text) {}

  /** Nothing is wanted. */
  public Names() {}

  /**
   * A name, for a day.
   *
   * @param country code
   * @param id of the name
   * @return always the same
   */
  @DiskMemoize(ttl = "1d", tag = "country:{country}")
  public Name name(String country, int id) {
    return new Name(id, REST);
  }

  /**
   * A name that memory does not keep.
   *
   * @param country code
   * @param id of the name
   * @return always the same
   */
  @DiskMemoize(kind = "disk", tag = "country:{country}")
  public Name nameOnDisk(String country, int id) {
    return new Name(id, REST);
  }
}
