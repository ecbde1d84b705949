package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Classes without a package, whose names cannot be qualified where another class has the name. */
class UnnamedPackageTest {

  @Test
  void classesNamedAsGeneratedOnes() {
    String wrapper = Compiled.strictly(
            """
            class A {
              @io.diskmemo.annotations.DiskMemoize
              PointCodec locate(LocateArguments point, LocateArguments2 other) {
                return null;
              }
              @io.diskmemo.annotations.DiskMemoize
              Point point() { return null; }
            }
            """,
            "record LocateArguments(int x) {}",
            "record LocateArguments2(int x) {}",
            """
            record PointCodec(int x) {}
            """,
            "record Point(int x) {}")
        .succeeds()
        .generated("MemoizedA");

    assertThat(wrapper)
        .contains("private record Locate2Arguments(LocateArguments point,")
        .contains("class Point2Codec implements Codec<Point>")
        .contains("class PointCodecCodec implements Codec<PointCodec>");
  }

  @Test
  void classesNamedAsThoseThatWrappersImport() {
    Compiled.strictly(
            """
            class A {
              final Arguments arguments = null;
              A(@io.diskmemo.annotations.KeyPart Arguments arguments) {}
              @io.diskmemo.annotations.DiskMemoize(ttl = "1d", tag = "{list.x}")
              java.util.List<Codec> hit(Hit hit, List list, MethodSpec spec, KeyWriter writer) {
                return null;
              }
              @io.diskmemo.annotations.DiskMemoize
              Optional optional(Duration duration) { return null; }
            }
            """,
            "record Arguments(int x) {}",
            "record Codec(int x) {}",
            "record Duration(int x) {}",
            "record Hit(int x) {}",
            "record KeyWriter(int x) {}",
            "record List(int x) {}",
            "record MethodSpec(int x) {}",
            "record Optional(int x) {}")
        .succeeds();
  }
}
