package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders that libraries register for their own types. */
class RegisteredEncodersTest {
  private static final String SERVICE = "META-INF/services/io.diskmemo.key.KeyEncoder";

  @TempDir
  Path directory;

  @Test
  void everyLibraryRegistersItsOwn() throws IOException {
    List<File> libraries = List.of(inArchive("Polygon"), inDirectory("Circle"), inArchive("Text"));

    String wrapper = Compiled.withLibraries(libraries, """
            package test;
            import io.diskmemo.annotations.*;
            class A {
              record Pair(shapes.Circle circle, shapes.Text.Part part) {}
              @DiskMemoize int a(shapes.Polygon polygon, Pair pair, shapes.Text text) { return 1; }
            }
            """).succeeds().generated("test.MemoizedA");

    assertThat(wrapper)
        .contains("POLYGON_ENCODER = new PolygonEncoder()")
        .contains("CIRCLE_ENCODER = new CircleEncoder()")
        .contains("TEXT_ENCODER = new TextEncoder()")
        .contains("TEXT_PART_ENCODER = new TextPartEncoder()");
  }

  private File inDirectory(String type) throws IOException {
    Path root = directory.resolve(type);
    for (Map.Entry<String, byte[]> file : files(type).entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return root.toFile();
  }

  private File inArchive(String type) throws IOException {
    Path archive = directory.resolve(type + " 1.jar");
    try (OutputStream out = Files.newOutputStream(archive);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files(type).entrySet()) {
        jar.putNextEntry(new JarEntry(file.getKey()));
        jar.write(file.getValue());
      }
    }
    return archive.toFile();
  }

  private static Map<String, byte[]> files(String type) {
    Map<String, byte[]> files = new TreeMap<>();
    Compiled.of(
            "package shapes;\npublic class " + type + " { public static class Part {} }\n",
            encoder(type, type),
            encoder(type + "Part", type + ".Part"))
        .classes()
        .forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes));
    files.put(
        SERVICE,
        ("shapes." + type + "Encoder\nshapes." + type + "PartEncoder\n")
            .getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static String encoder(String name, String type) {
    return """
        package shapes;
        public class %1$sEncoder implements io.diskmemo.key.KeyEncoder<%2$s> {
          @Override public void encode(io.diskmemo.key.KeyWriter key, %2$s value) {}
        }
        """.formatted(name, type);
  }
}
