package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyedBy;
import io.diskmemo.annotations.StoredBy;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.key.KeyEncoder;
import io.diskmemo.key.KeyWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

/** JTS: geometry. */
class Shapes {
  record Point(double x, double y) {}

  record Hull(List<Point> corners, double length, OptionalDouble area) {}

  static Geometry points(List<Point> points) {
    return new GeometryFactory()
        .createMultiPointFromCoords(points.stream()
            .map(point -> new Coordinate(point.x(), point.y()))
            .toArray(Coordinate[]::new));
  }

  @DiskMemoize
  Hull hull(List<Point> points) {
    Geometry hull = points(points).convexHull();
    return new Hull(
        Stream.of(hull.getCoordinates()).map(at -> new Point(at.x, at.y)).toList(),
        hull.getLength(),
        hull.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(hull.getArea()));
  }

  @DiskMemoize
  double[][] distances(Point[] points) {
    double[][] distances = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      distances[i] = new double[i];
      for (int j = 0; j < i; j++) {
        distances[i][j] = new Coordinate(points[i].x(), points[i].y())
            .distance(new Coordinate(points[j].x(), points[j].y()));
      }
    }
    return distances;
  }

  @DiskMemoize
  @StoredBy(AsWkb.class)
  Geometry around(@KeyedBy(ByWkb.class) Geometry geometry, double distance) {
    return geometry.buffer(distance);
  }

  @DiskMemoize
  Optional<byte[]> wkb(String wkt) {
    try {
      return Optional.of(new WKBWriter().write(new WKTReader().read(wkt)));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static final class ByWkb implements KeyEncoder<Geometry> {
    @Override
    public void encode(KeyWriter key, Geometry value) {
      key.writeByteArray(new WKBWriter().write(value));
    }
  }

  static final class AsWkb implements Codec<Geometry> {
    @Override
    public void write(ValueWriter out, Geometry value) {
      out.writeByteArray(new WKBWriter().write(value));
    }

    @Override
    public Geometry read(ValueReader in) {
      try {
        return new WKBReader().read(in.readByteArray());
      } catch (ParseException e) {
        throw new CorruptValueException("no WKB: " + e.getMessage());
      }
    }
  }
}
