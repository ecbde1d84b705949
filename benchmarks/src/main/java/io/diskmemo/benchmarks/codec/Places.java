package io.diskmemo.benchmarks.codec;

import io.diskmemo.annotations.DiskMemoize;

/** A memoized method whose result has ten fields. */
public class Places {
  /** What kind of place it is. */
  public enum Kind {
    /** At least 100,000 people. */
    CITY,
    /** Fewer. */
    TOWN
  }

  /** Where and what something is. */
  public record Place(
      long id,
      String name,
      String street,
      String region,
      String country,
      double latitude,
      double longitude,
      int population,
      boolean capital,
      Kind kind) {}

  /** Nothing is wanted. */
  public Places() {}

  /**
   * A place.
   *
   * @param id of the place
   * @return the same but for the id
   */
  @DiskMemoize
  public Place place(long id) {
    return new Place(
        id,
        "Wellington",
        "1 Queen's Wharf, Jervois Quay",
        "Te Whanganui-a-Tara",
        "New Zealand",
        -41.2865,
        174.7762,
        216_200,
        true,
        Kind.CITY);
  }
}
