package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyIgnore;
import java.util.List;

/** A record, whose components are in the key. */
public record Polygon(List<Point> points, @KeyIgnore String label) {
  /** A corner. */
  public record Point(double x, double y) {}

  @DiskMemoize(kind = "polygons")
  public double area() {
    return points.size();
  }

  @DiskMemoize(kind = "polygons")
  public static Polygon regular(int corners) {
    return new Polygon(List.of(), "regular " + corners);
  }
}
