package io.diskmemo.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A local Maven repository below {@code target} that holds what the build has just packaged, so that
 * nothing is installed into the developer's own. All else is fetched from there, then from Central.
 */
final class PluginRepository {
  private static final String GROUP = "io/diskmemo";
  private static final String VERSION = System.getProperty("test.version");
  private static final Path DEVELOPERS_OWN = Path.of(System.getProperty("test.localRepository"));

  private final Path root = Path.of(System.getProperty("test.repository"));
  private final Path checkout = Path.of(System.getProperty("test.checkout"));

  /** Lays the repository out anew, because the build may have made other files under one name. */
  static PluginRepository create() throws IOException {
    PluginRepository repository = new PluginRepository();
    repository.put("diskmemo-parent", "", List.of());
    repository.put("diskmemo-annotations", "annotations", List.of("jar"));
    repository.put("diskmemo-runtime", "runtime", List.of("jar"));
    repository.put("cache-maven-plugin", "maven-plugin", List.of("jar"));
    repository.write(GROUP + "/maven-metadata-local.xml", """
        <metadata>
          <plugins>
            <plugin>
              <prefix>cache</prefix>
              <artifactId>cache-maven-plugin</artifactId>
            </plugin>
          </plugins>
        </metadata>
        """);
    repository.write(
        GROUP + "/cache-maven-plugin/maven-metadata-local.xml", """
        <metadata>
          <groupId>io.diskmemo</groupId>
          <artifactId>cache-maven-plugin</artifactId>
          <versioning>
            <versions>
              <version>%s</version>
            </versions>
          </versioning>
        </metadata>
        """.formatted(VERSION));
    repository.write("settings.xml", """
        <settings>
          <pluginGroups>
            <pluginGroup>io.diskmemo</pluginGroup>
          </pluginGroups>
          <profiles>
            <profile>
              <id>developers-own-repository-first</id>
              <activation>
                <activeByDefault>true</activeByDefault>
              </activation>
              <pluginRepositories>
                <pluginRepository>
                  <id>developers-own</id>
                  <url>%s</url>
                  <releases>
                    <checksumPolicy>ignore</checksumPolicy>
                  </releases>
                  <snapshots>
                    <enabled>false</enabled>
                  </snapshots>
                </pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
        </settings>
        """.formatted(DEVELOPERS_OWN.toUri()));
    return repository;
  }

  private void put(String artifact, String module, List<String> packagings) throws IOException {
    Path target = root.resolve(GROUP).resolve(artifact).resolve(VERSION);
    Files.createDirectories(target);
    String file = artifact + "-" + VERSION + ".";
    copy(checkout.resolve(module).resolve("pom.xml"), target.resolve(file + "pom"));
    for (String packaging : packagings) {
      copy(
          checkout.resolve(module).resolve("target").resolve(file + packaging),
          target.resolve(file + packaging));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(root.resolve(file), content);
  }

  /** A goal by its full name, which Maven finds without asking any repository for the prefix. */
  static String goal(String name) {
    return "io.diskmemo:cache-maven-plugin:" + VERSION + ":" + name;
  }

  /** The repository, for {@code -Dmaven.repo.local}. */
  Path root() {
    return root;
  }

  /** The settings, for {@code --settings}. */
  Path settings() {
    return root.resolve("settings.xml");
  }

  /** A file that the developer's own repository may hold. */
  static Path developersOwn(String path) {
    return DEVELOPERS_OWN.resolve(path);
  }
}
