package example;

import io.diskmemo.annotations.DiskMemoize;

/** A class whose arguments are values and whose results are shared. */
public class Geocoder {
  /** Where something is. */
  public record Address(String country, String city, double latitude, double longitude) {}

  /** Nothing is wanted. */
  public Geocoder() {}

  @DiskMemoize(kind = "geo", ttl = "30d", tag = "country:{country}", version = 2)
  public Address locate(String country, String street) {
    return new Address(country, street, 0, 0);
  }

  @DiskMemoize(kind = "geo", ttl = "90s")
  protected int distance(Address from, Address to) {
    return 0;
  }
}
