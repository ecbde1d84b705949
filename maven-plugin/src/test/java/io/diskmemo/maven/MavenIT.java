package io.diskmemo.maven;

import static io.diskmemo.maven.PluginRepository.goal;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged plugin in Maven processes, beside this JVM, which has the directory open. */
@EnabledIfSystemProperty(
    named = "test.repository",
    matches = ".+",
    disabledReason = "the plugin is not packaged yet: mvn verify")
class MavenIT {
  private static final Duration HOUR = Duration.ofHours(1);

  private static PluginRepository repository;

  @TempDir
  private Path workspace;

  private DiskMemo memo;
  private Geocoder geocoder;

  @BeforeAll
  static void createRepository() throws IOException {
    repository = PluginRepository.create();
  }

  @BeforeEach
  void open() throws IOException {
    workspace = workspace.toRealPath();
    memo = DiskMemo.open(
        Settings.builder().directory(workspace.resolve(".diskmemo")).build());
    geocoder = new Geocoder(memo);
    callAll();
    memo.kind("routes").put("A-B", "17 km", HOUR, "country:NZ");
  }

  private void callAll() {
    geocoder.locate("NZ", "1 Queen St");
    geocoder.postcode("NZ", "1 Queen St");
    geocoder.locate("AU", "2 King St");
  }

  @AfterEach
  void close() {
    memo.close();
  }

  private MavenRun maven(Path directory, String... arguments)
      throws IOException, InterruptedException {
    return maven(MavenRun.THIS_MAVEN, directory, arguments);
  }

  private static MavenRun maven(Path mavenHome, Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(
        "--settings",
        repository.settings().toString(),
        "-Dmaven.repo.local=" + repository.root(),
        "-Dstyle.color=never"));
    all.addAll(List.of(arguments));
    return MavenRun.of(mavenHome, directory, all);
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(workspace.resolve(name));
  }

  private static void assertSuccess(MavenRun run) {
    assertThat(run.exitCode()).as(run.text()).isZero();
  }

  @Test
  void everyGoalRunsWithoutAProjectOnTheNearestStore() throws Exception {
    MavenRun run = maven(
        directory("deep/below"),
        "cache:maintain",
        "cache:stats",
        "cache:check",
        "cache:evict",
        "cache:clear",
        "cache:help",
        "-Dkind=routes");
    assertSuccess(run);
    assertThat(run.info())
        .containsSubsequence(
            "cache:maintain in " + workspace.resolve(".diskmemo"),
            "cache:stats in " + workspace.resolve(".diskmemo"),
            "cache:check in " + workspace.resolve(".diskmemo"),
            "KIND    CHECKED  DAMAGED  STATE",
            "routes        1        0  fine",
            "cache:evict in " + workspace.resolve(".diskmemo"),
            "KIND    EVICTED",
            "routes        1",
            "cache:clear in " + workspace.resolve(".diskmemo"),
            "KIND    EVICTED",
            "routes        0")
        .anyMatch(line -> line.endsWith("mvn cache:evict -Dtag=repo:42"));
    assertThat(geocoder.computedBy(this::callAll)).isZero();
  }

  @Test
  void evictedEntriesAreGoneAtOnceAndTheOthersStay() throws Exception {
    assertThat(geocoder.computedBy(this::callAll)).isZero();
    MavenRun run = maven(workspace, goal("evict"), "-Dtag=country:NZ");
    assertSuccess(run);
    assertThat(run.info())
        .containsSubsequence(
            "KIND    EVICTED", "geo           2", "routes        1", "TOTAL         3");
    assertThat(geocoder.computedBy(() -> geocoder.locate("AU", "2 King St"))).isZero();
    assertThat(geocoder.computedBy(this::callAll)).isEqualTo(2);
    assertThat(memo.kind("routes").contains("A-B")).isFalse();
  }

  @Test
  void quietRunPrintsNothingAndTheLongNameWins() throws Exception {
    MavenRun run = maven(
        directory("elsewhere"),
        "-q",
        goal("evict"),
        "-Dcache.directory=../.diskmemo",
        "-Dcache.tag=country:AU",
        "-Dtag=country:NZ",
        "-Dmethod=com.example.Geocoder.locate");
    assertSuccess(run);
    assertThat(run.output()).isEmpty();
    assertThat(geocoder.computedBy(() -> geocoder.locate("NZ", "1 Queen St"))).isZero();
    assertThat(geocoder.computedBy(this::callAll)).isOne();
  }

  @Test
  void backupAndExportAndWhatComesBack() throws Exception {
    MavenRun run =
        maven(workspace, goal("backup"), goal("export"), goal("tags"), "-Dcache.file=entries.dmx");
    assertSuccess(run);
    assertThat(run.info()).anyMatch(line -> line.matches("geo +3 .*-1"));
    memo.kind("routes").put("A-B", "changed");
    MavenRun restored = maven(workspace, goal("restore"), "-Dkind=routes");
    assertSuccess(restored);
    assertThat(memo.kind("routes").get("A-B", String.class)).contains("17 km");
    assertThat(geocoder.computedBy(this::callAll)).isZero();
    memo.kind("geo").clear();
    assertSuccess(maven(workspace, goal("import"), "-Dcache.file=entries.dmx", "-Dkind=geo"));
    assertThat(geocoder.computedBy(this::callAll)).isZero();
  }

  @Test
  void dryRunChangesNothing() throws Exception {
    MavenRun run = maven(
        workspace, goal("evict"), goal("clear"), goal("maintain"), "-Dkind=geo", "-Dcache.dryRun");
    assertSuccess(run);
    assertThat(run.info())
        .containsSubsequence(
            "cache:evict in " + workspace.resolve(".diskmemo")
                + ", dry run: this would be, nothing was changed",
            "KIND  EVICTED",
            "geo         3",
            "KIND  EVICTED",
            "geo         3");
    assertThat(geocoder.computedBy(this::callAll)).isZero();
  }

  @Test
  void goalRunsOnceInABuildOfSeveralModulesAndTakesWhatThePomSays() throws Exception {
    pom(workspace, "root", """
        <packaging>pom</packaging>
        <modules>
          <module>one</module>
        </modules>
        <properties>
          <tag>country:AU</tag>
        </properties>
        <build>
          <plugins>
            <plugin>
              <groupId>io.diskmemo</groupId>
              <artifactId>cache-maven-plugin</artifactId>
              <version>%s</version>
              <executions>
                <execution>
                  <id>places</id>
                  <configuration>
                    <kind>geo</kind>
                    <tag>country:NZ</tag>
                    <method>com.example.Geocoder.postcode</method>
                  </configuration>
                </execution>
                <execution>
                  <id>forgotten</id>
                  <configuration>
                    <kind>geo</kind>
                    <tag>${release}</tag>
                  </configuration>
                </execution>
                <execution>
                  <id>elsewhere</id>
                  <configuration>
                    <directory>${geo.store}</directory>
                  </configuration>
                </execution>
                <execution>
                  <id>nothing</id>
                  <configuration>
                    <skip>true</skip>
                  </configuration>
                </execution>
              </executions>
            </plugin>
          </plugins>
        </build>
        """.formatted(System.getProperty("test.version")));
    pom(directory("one"), "one", "<packaging>pom</packaging>");

    MavenRun run = maven(workspace, "cache:evict@places", "cache:clear@nothing", "cache:stats");

    assertSuccess(run);
    assertThat(run.info())
        .containsOnlyOnce("cache:evict in " + workspace.resolve(".diskmemo"))
        .containsOnlyOnce("cache:clear is skipped: cache.skip")
        .containsOnlyOnce("cache:stats in " + workspace.resolve(".diskmemo"))
        .containsOnlyOnce("geo         1");
    assertThat(geocoder.computedBy(this::callAll)).isOne();
    assertPropertyOfThePomIsNoTag();
    assertUnsetTagDoesNotEvictTheWholeKind();
    assertUnsetDirectoryIsNotTheNearest();
  }

  private void assertUnsetDirectoryIsNotTheNearest() throws IOException, InterruptedException {
    assertFailure(
        maven(workspace, "cache:clear@elsewhere"),
        "<directory> is ${geo.store}, which is not set; set it, or leave the element out");
    assertThat(geocoder.computedBy(this::callAll)).isZero();
  }

  private void assertUnsetTagDoesNotEvictTheWholeKind() throws IOException, InterruptedException {
    assertFailure(
        maven(workspace, "cache:evict@forgotten"),
        "<tag> is ${release}, which is not set; set it, or leave the element out");
    assertThat(geocoder.computedBy(this::callAll)).isZero();
  }

  private void assertPropertyOfThePomIsNoTag() throws IOException, InterruptedException {
    assertFailure(
        maven(workspace, "cache:evict"),
        "cache:evict does not know what to evict; give at least one of -Dtag=<tag>, -Dkind=<kind>"
            + " and -Dmethod=<method>, or use cache:clear");
  }

  private static void pom(Path directory, String artifact, String content) throws IOException {
    Files.writeString(directory.resolve("pom.xml"), """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>%s</artifactId>
          <version>1</version>
        %s</project>
        """.formatted(artifact, content));
  }

  @Test
  void unknownKindFailsTheBuildInOneLine() throws Exception {
    assertFailure(
        maven(workspace, goal("clear"), "-Dkind=goe"),
        "there is no kind \"goe\" in " + workspace.resolve(".diskmemo")
            + ", which holds geo, routes; did you mean \"geo\"?");
    assertThat(geocoder.computedBy(this::callAll)).isZero();
  }

  @Test
  void missingDirectoryFailsTheBuildInOneLine() throws Exception {
    Path missing = workspace.resolve("missing");
    assertFailure(
        maven(workspace, goal("stats"), "-Dcache.directory=" + missing),
        "open the directory: there is no directory " + missing
            + "; name one that an application has opened: -Dcache.directory=<path>");
    assertThat(missing).doesNotExist();
  }

  private static void assertFailure(MavenRun run, String message) {
    assertThat(run.exitCode()).isOne();
    assertThat(run.output())
        .filteredOn(line -> line.contains("Failed to execute goal"))
        .singleElement()
        .asString()
        .contains(": " + message + " -> [Help 1]");
    assertThat(run.text()).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.9.11", "4.0.0-rc-4"})
  void goalsRunOnNewerMavens(String version) throws Exception {
    MavenRun run = maven(
        MavenDistribution.home(version, repository.root().resolveSibling("mavens")),
        workspace,
        goal("evict"),
        goal("export"),
        "-Dkind=geo",
        "-Dcache.file=left.dmx",
        "-Dmethod=com.example.Geocoder.postcode");
    assertSuccess(run);
    assertThat(run.info())
        .containsSubsequence(
            "KIND  EVICTED", "geo         1", "KIND  ENTRIES  DAMAGED", "geo         0        0");
    assertThat(geocoder.computedBy(this::callAll)).isOne();
  }
}
