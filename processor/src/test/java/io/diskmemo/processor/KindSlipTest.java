package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds that look like slips of others. */
class KindSlipTest {
  private static final String GEO = """
      package test;
      import io.diskmemo.annotations.*;
      class A { @DiskMemoize(kind = "%s") int a() { return 1; } }
      """;

  @TempDir
  Path directory;

  private Compiled compileWith(String properties, String source) throws IOException {
    Files.writeString(directory.resolve("diskmemo.properties"), properties);
    return Compiled.withDirectory(directory.toFile(), source);
  }

  @Test
  void kindThatIsAlmostADeclaredOneHasAWarning() throws IOException {
    Compiled compiled =
        compileWith("diskmemo.kind.geo-data.size-limit = 5GB\n", GEO.formatted("geodata"));

    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings())
        .containsExactly(
            "[DiskMemo-UnknownKind] kind \"geodata\" is named here only and looks like \"geo-data\","
                + " which diskmemo.properties declares; did you mean \"geo-data\"? If not, declare"
                + " \"geodata\" in diskmemo.properties");
    assertThat(compiled.generated("test.MemoizedA")).contains(".kind(\"geodata\")");
  }

  @Test
  void declaredKindsAreMeant() throws IOException {
    compileWith(
            "diskmemo.kind.geo-data.size-limit=5GB\ndiskmemo.kind.geodata.ttl=1d\n",
            GEO.formatted("geodata"))
        .succeeds();
  }

  @Test
  void kindsThatDifferByADigitAreMeant() throws IOException {
    compileWith("diskmemo.kind.geo1.ttl=1d\n", GEO.formatted("geo2")).succeeds();
  }

  @Test
  void fileThatIsNoneDeclaresNothing() throws IOException {
    compileWith("diskmemo.kind.geo\\u00zz.ttl=1d\n", GEO.formatted("geos")).succeeds();
  }

  @Test
  void slipOfTheDefaultKind() {
    assertThat(Compiled.of(GEO.formatted("defualt")).warnings())
        .singleElement()
        .asString()
        .startsWith("[DiskMemo-UnknownKind] kind \"defualt\" is named here only and looks like"
            + " \"default\", which is always there; did you mean");
  }

  @Test
  void kindThatIsNamedTwiceIsMeant() throws IOException {
    compileWith("diskmemo.kind.prices.ttl=1d\n", """
            package test;
            import io.diskmemo.annotations.*;
            class A {
              @DiskMemoize(kind = "price") int a() { return 1; }
              @DiskMemoize(kind = "price") int b() { return 1; }
            }
            """).succeeds();
  }

  @Test
  void slipOfAKindThatTheClassNamesTwice() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A {
              @DiskMemoize(kind = "prices") int a() { return 1; }
              @DiskMemoize(kind = "prices") int b() { return 1; }
              @DiskMemoize(kind = "pricse") int c() { return 1; }
            }
            class B extends A {
              @DiskMemoize(kind = "pricess") int d() { return 1; }
            }
            """);

    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings())
        .hasSize(2)
        .allMatch(warning -> warning.contains(" looks like \"prices\", which other methods name;"));
  }

  @Test
  void otherClassesDoNotMatter() {
    Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class A {
              @DiskMemoize(kind = "prices") int a() { return 1; }
              @DiskMemoize(kind = "prices") int b() { return 1; }
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            class B { @DiskMemoize(kind = "pricse") int c() { return 1; } }
            """).succeeds();
  }
}
