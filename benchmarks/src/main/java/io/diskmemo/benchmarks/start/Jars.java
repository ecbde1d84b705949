package io.diskmemo.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A class path of jars only, because archives of classes cannot be made of directories. */
final class Jars {
  private static final List<String> OF_A_USER = List.of(
      "diskmemo-",
      "classes",
      "caffeine-",
      "error_prone_annotations-",
      "jspecify-",
      "sqlite-jdbc-",
      "slf4j-",
      "jackson-");

  private Jars() {}

  /** What a program that uses DiskMemo has on its class path, and other jars by how they begin. */
  static String classPath(Path directory, String... others) throws IOException {
    List<String> wanted = new ArrayList<>(OF_A_USER);
    wanted.addAll(List.of(others));
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      String name = String.valueOf(path.getFileName());
      if (wanted.stream().anyMatch(name::startsWith) && !name.contains("processor")) {
        jars.add((Files.isDirectory(path) ? jar(path, directory, jars.size()) : path).toString());
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path jar(Path classes, Path directory, int number) throws IOException {
    Path jar = directory.resolve("classes-" + number + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        out.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }
}
