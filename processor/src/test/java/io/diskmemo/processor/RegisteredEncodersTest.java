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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoders that libraries register for their own types. */
class RegisteredEncodersTest {
  private static final String SERVICE = "META-INF/services/io.diskmemo.key.KeyEncoder";

  private static final String LOCALE = """
      package test;
      class A {
        @io.diskmemo.annotations.DiskMemoize int a(java.util.Locale c) { return 1; }
      }
      """;

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

  @ParameterizedTest
  @ValueSource(strings = {"shapes.Text b, java.util.Locale c", "java.util.Locale c, shapes.Text b"})
  void whatALibraryRegistersForOtherTypesDoesNotDependOnTheRestOfTheCompilation(String parameters)
      throws IOException {
    File first = inArchive("Polygon");
    File second = inArchive("Text");

    assertThat(Compiled.withLibraries(List.of(first, second), """
                package test;
                class A {
                  @io.diskmemo.annotations.DiskMemoize int a(%s) { return 1; }
                }
                """.formatted(parameters))
            .errors())
        .singleElement()
        .asString()
        .startsWith("[DiskMemo-UnsupportedParameter] parameter c has type java.util.Locale");
  }

  @Test
  void directoryServesOtherTypesToo() throws IOException {
    Compiled.withLibraries(List.of(inDirectory("Text")), LOCALE).succeeds();
  }

  @Test
  void libraryOnThePathOfProcessorsServesOtherTypesToo() throws Exception {
    String classPath =
        System.getProperty("java.class.path") + File.pathSeparator + inArchive("Text");
    Path source = Files.writeString(directory.resolve("A.java"), LOCALE);

    Jdk.ofThisProcess()
        .run(
            directory,
            "javac",
            List.of(
                "-processor",
                DiskMemoProcessor.class.getName(),
                "-processorpath",
                classPath,
                "-classpath",
                classPath,
                "-d",
                directory.toString(),
                source.toString()));

    assertThat(Files.readString(directory.resolve("test/MemoizedA.java")))
        .contains("new TextLocaleEncoder()");
  }

  @Test
  void moduleProvidesEncoders() throws Exception {
    Path sources = Files.createDirectories(directory.resolve("sources"));
    Files.writeString(sources.resolve("module-info.java"), """
        module test {
          requires io.diskmemo.runtime;
          provides io.diskmemo.key.KeyEncoder with test.LocaleEncoder;
        }
        """);
    Files.writeString(
        sources.resolve("LocaleEncoder.java"),
        encoder("Locale", "java.util.Locale").replace("package shapes", "package test"));
    Files.writeString(sources.resolve("A.java"), LOCALE);
    String classPath = System.getProperty("java.class.path");

    Jdk.ofThisProcess()
        .run(
            directory,
            "javac",
            List.of(
                "-processor",
                DiskMemoProcessor.class.getName(),
                "-processorpath",
                classPath,
                "--module-path",
                classPath,
                "-d",
                directory.toString(),
                sources.resolve("module-info.java").toString(),
                sources.resolve("LocaleEncoder.java").toString(),
                sources.resolve("A.java").toString()));

    assertThat(Files.readString(directory.resolve("test/MemoizedA.java")))
        .contains("new LocaleEncoder()");
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
            encoder(type + "Part", type + ".Part"),
            encoder(type + "Locale", "java.util.Locale"))
        .classes()
        .forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes));
    String service = "shapes.%1$sEncoder\nshapes.%1$sPartEncoder\n".formatted(type)
        + (type.equals("Text") ? "shapes.TextLocaleEncoder\n" : "");
    files.put(SERVICE, service.getBytes(StandardCharsets.UTF_8));
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
