package io.diskmemo.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;

/** Another Maven than the one that runs the build, from the repository that holds all else. */
final class MavenDistribution {
  private MavenDistribution() {}

  /** Its home. The test is skipped if it cannot be fetched. */
  static Path home(String version, Path below) throws IOException, InterruptedException {
    Path home = below.resolve("apache-maven-" + version);
    Path complete = below.resolve("apache-maven-" + version + ".complete");
    if (!Files.exists(complete)) {
      unpack(fetched(version, below), below);
      launcher(home);
      Files.createFile(complete);
    }
    return home;
  }

  private static Path fetched(String version, Path directory)
      throws IOException, InterruptedException {
    Path zip = PluginRepository.developersOwn(
        String.format("org/apache/maven/apache-maven/%1$s/apache-maven-%1$s-bin.zip", version));
    if (!Files.exists(zip)) {
      Files.createDirectories(directory);
      MavenRun fetch = MavenRun.of(
          MavenRun.THIS_MAVEN,
          directory,
          List.of(
              "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:get",
              "-Dmaven.repo.local=" + PluginRepository.developersOwn(""),
              "-Dartifact=org.apache.maven:apache-maven:" + version + ":zip:bin",
              "-Dtransitive=false"));
      if (!Files.exists(zip)) {
        String reason = "skipped: Maven " + version + " cannot be fetched";
        System.out.println(reason); // surefire counts skipped tests, but does not say why
        Assumptions.abort(reason + "\n" + fetch.text());
      }
    }
    return zip;
  }

  private static void unpack(Path zip, Path below) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = below.resolve(entry.getName()).normalize();
        if (!target.startsWith(below)) {
          throw new IOException(entry.getName() + " leaves the directory");
        }
        unpack(in, entry.isDirectory(), target);
      }
    }
  }

  private static void unpack(InputStream in, boolean directory, Path target) throws IOException {
    if (directory) {
      Files.createDirectories(target);
    } else {
      Files.createDirectories(target.getParent());
      Files.deleteIfExists(target);
      Files.copy(in, target);
    }
  }

  private static void launcher(Path home) throws IOException {
    Path launcher = home.resolve("bin").resolve("mvn");
    if (!launcher.toFile().setExecutable(true)) {
      throw new IOException(launcher + " cannot be made executable");
    }
  }
}
