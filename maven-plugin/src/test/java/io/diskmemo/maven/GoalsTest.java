package io.diskmemo.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Progress;
import io.diskmemo.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The goals on a real store, without Maven around them. */
class GoalsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** A line that only comes where the machine is slow. */
  private static final Pattern PROGRESS = Pattern.compile("[a-z]+: [a-z ]+, [0-9,]+");

  @TempDir
  private Path temporary;

  private Path store;
  private final Properties commandLine = new Properties();

  /** Three entries of geo, two of which have the tag {@code country:NZ}, and one of routes. */
  @BeforeEach
  void fill() throws Exception {
    store = temporary.resolve("store");
    inApplication(memo -> {
      Geocoder geocoder = new Geocoder(memo);
      geocoder.locate("NZ", "1 Queen St");
      geocoder.postcode("NZ", "1 Queen St");
      geocoder.locate("AU", "2 King St");
      memo.kind("routes").put("A-B", "17 km", HOUR, "country:NZ");
    });
  }

  private interface Work {
    void on(DiskMemo memo) throws Exception;
  }

  private void inApplication(Work work) throws Exception {
    inApplication(Settings.builder(), work);
  }

  private void inApplication(Settings.Builder settings, Work work) throws Exception {
    try (DiskMemo memo = DiskMemo.open(settings.directory(store).build())) {
      work.on(memo);
    }
  }

  private List<String> run(StoreMojo goal) throws MojoExecutionException, MojoFailureException {
    List<String> lines = new ArrayList<>();
    run(goal, lines);
    return lines;
  }

  private void run(StoreMojo goal, List<String> lines)
      throws MojoExecutionException, MojoFailureException {
    goal.commandLine = commandLine;
    if (goal.directory == null) {
      goal.directory = store.toFile();
    }
    goal.setLog(new SystemStreamLog() {
      @Override
      public void info(CharSequence line) {
        if (!PROGRESS.matcher(line).matches()) {
          lines.add(line.toString());
        }
      }
    });
    goal.execute();
  }

  private void assertFailure(StoreMojo goal, String message) {
    assertThatThrownBy(() -> run(goal))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(message);
  }

  private List<Long> entries() throws Exception {
    List<Long> counts = new ArrayList<>();
    inApplication(memo ->
        memo.kindNames().forEach(kind -> counts.add(memo.kind(kind).stats().entries())));
    return counts;
  }

  private EvictMojo evict(String kind, String tag, String method) {
    EvictMojo goal = new EvictMojo();
    goal.kind = kind;
    goal.tag = tag;
    goal.method = method;
    return goal;
  }

  @Test
  void statsShowWhatAllProcessesCounted() throws Exception {
    inApplication(memo -> new Geocoder(memo).locate("NZ", "1 Queen St"));
    List<String> lines = run(new StatsMojo());
    assertThat(lines.get(0)).isEqualTo("cache:stats in " + store);
    assertThat(lines.get(1).split(" {2,}"))
        .containsExactly(
            "KIND",
            "ENTRIES",
            "SIZE",
            "LIMIT",
            "MEM HITS",
            "DISK HITS",
            "MISSES",
            "COMPUTED",
            "STORED",
            "EVICTED",
            "EXPIRED",
            "CULLED",
            "SAVED");
    assertThat(lines.get(2)).matches("geo +3  .* B  1 GiB +0 +1 +3 +3 +3 +0 +0 +0 +[0-9]+ms");
    assertThat(lines.get(3)).matches("routes +1  .* B  1 GiB( +0){4} +1( +0){3} +0ms");
    assertThat(lines.get(4)).matches("TOTAL +4  .* B  2 GiB +0 +1 +3 +3 +4( +0){3} +[0-9]+ms");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(113));
  }

  @Test
  void statsOfOneKindHaveNoTotal() throws Exception {
    commandLine.setProperty("kind", "geo");
    assertThat(run(new StatsMojo()).subList(2, 4)).first().asString().startsWith("geo ");
    assertThat(run(new StatsMojo())).noneMatch(line -> line.startsWith("TOTAL"));
  }

  @Test
  void evictByTagGoesThroughAllKinds() throws Exception {
    assertThat(run(evict(null, "country:NZ", null)))
        .containsExactly(
            "cache:evict in " + store,
            "KIND    EVICTED",
            "geo           2",
            "routes        1",
            "TOTAL         3");
    assertThat(entries()).containsExactly(1L, 0L);
  }

  @Test
  void evictByKindLeavesTheOthers() throws Exception {
    assertThat(run(evict("geo", null, null))).last().isEqualTo("geo         3");
    assertThat(entries()).containsExactly(0L, 1L);
  }

  @Test
  void evictByMethodLeavesTheOthers() throws Exception {
    assertThat(run(evict(null, null, "com.example.Geocoder.postcode")))
        .contains("geo           1", "routes        0");
    assertThat(entries()).containsExactly(2L, 1L);
  }

  @Test
  void evictByMethodWithParameterTypesAndTag() throws Exception {
    String method = "com.example.Geocoder.locate(java.lang.String,java.lang.String)";
    assertThat(run(evict("geo", "country:NZ", method))).last().isEqualTo("geo         1");
    assertThat(entries()).containsExactly(2L, 1L);
  }

  @Test
  void evictOfAnUnknownTagRemovesNothing() throws Exception {
    assertThat(run(evict("geo", "country:FR", null))).last().isEqualTo("geo         0");
  }

  @Test
  void evictTakesShortNamesFromTheCommandLine() throws Exception {
    commandLine.setProperty("kind", "geo");
    commandLine.setProperty("tag", "country:AU");
    assertThat(run(new EvictMojo())).last().isEqualTo("geo         1");
  }

  @Test
  void evictedEntryIsComputedAgainAtOnceByAnApplicationThatIsRunning() throws Exception {
    inApplication(memo -> {
      Geocoder geocoder = new Geocoder(memo);
      geocoder.locate("NZ", "1 Queen St");
      geocoder.locate("AU", "2 King St");
      assertThat(geocoder.computedBy(() -> geocoder.locate("NZ", "1 Queen St"))).isZero();
      run(evict(null, "country:NZ", null));
      assertThat(geocoder.computedBy(() -> geocoder.locate("NZ", "1 Queen St"))).isOne();
      assertThat(geocoder.computedBy(() -> geocoder.locate("AU", "2 King St"))).isZero();
    });
  }

  @Test
  void evictWithoutAnyFilterIsAnError() throws Exception {
    assertFailure(
        new EvictMojo(),
        "cache:evict does not know what to evict; give at least one of -Dtag=<tag>, -Dkind=<kind>"
            + " and -Dmethod=<method>, or use cache:clear");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void evictWithABlankTagIsAnError() throws Exception {
    assertFailure(evict("geo", " ", null), "cache.tag is blank; name a tag, or leave it out");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void evictWithAMisspeltTagIsAnErrorAndNotTheWholeKind() throws Exception {
    commandLine.setProperty("kind", "geo");
    commandLine.setProperty("tags", "country:NZ");
    assertFailure(new EvictMojo(), "-Dtags is no parameter; did you mean -Dcache.tag?");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void clearEmptiesAllKinds() throws Exception {
    assertThat(run(new ClearMojo()))
        .containsExactly(
            "cache:clear in " + store,
            "KIND    EVICTED",
            "geo           3",
            "routes        1",
            "TOTAL         4");
    assertThat(entries()).containsExactly(0L, 0L);
  }

  @Test
  void clearEmptiesOneKind() throws Exception {
    ClearMojo goal = new ClearMojo();
    goal.kind = "routes";
    assertThat(run(goal)).last().isEqualTo("routes        1");
    assertThat(entries()).containsExactly(3L, 0L);
  }

  @Test
  void clearWithATagIsAnError() throws Exception {
    commandLine.setProperty("tag", "country:NZ");
    assertFailure(
        new ClearMojo(),
        "cache:clear works on whole kinds, whatever the tag; use cache:evict -Dtag=country:NZ");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  private static Map<String, StoreMojo> goalsOnWholeKinds() {
    return Map.of(
        "cache:maintain", new MaintainMojo(),
        "cache:stats", new StatsMojo(),
        "cache:tags", new TagsMojo(),
        "cache:check", new CheckMojo(),
        "cache:backup", new BackupMojo(),
        "cache:restore", new RestoreMojo());
  }

  /** Such as the {@code -Dtag} of a release. */
  @ParameterizedTest
  @ValueSource(strings = {"tag", "method"})
  void shortNameThatMayBeAnotherPluginsStopsNoGoalOfABuild(String given) throws Exception {
    commandLine.setProperty(given, "v1.2");
    for (StoreMojo goal : goalsOnWholeKinds().values()) {
      if (!goal.empties()) {
        assertThat(run(goal)).isNotEmpty();
      }
    }
    assertFailure(
        new RestoreMojo(),
        "cache:restore works on whole kinds, whatever the " + given + "; leave out -D" + given
            + ", or choose a kind with -Dkind=<kind>");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag", "method"})
  void goalThatWorksOnWholeKindsRefusesASelectorOfEntries(String selector) throws Exception {
    commandLine.setProperty("cache." + selector, "country:NZ");
    for (Map.Entry<String, StoreMojo> goal : goalsOnWholeKinds().entrySet()) {
      if (goal.getValue().changesStore()) {
        assertFailure(
            goal.getValue(),
            goal.getKey() + " works on whole kinds, whatever the " + selector
                + "; leave out -Dcache." + selector + ", or choose a kind with -Dkind=<kind>");
      } else {
        assertThat(run(goal.getValue())).isNotEmpty();
      }
    }
    assertThat(entries()).containsExactly(3L, 1L);
    assertThat(store.resolve("kinds/geo/backup")).doesNotExist();
  }

  @Test
  void misspeltDryRunIsAnErrorInEveryGoal() throws Exception {
    sql("geo", "UPDATE entry SET value = x'00' WHERE id = 1");
    commandLine.setProperty("cache.dry-run", "true");
    List<StoreMojo> goals = new ArrayList<>(goalsOnWholeKinds().values());
    goals.addAll(
        List.of(evict("geo", null, null), new ClearMojo(), new ExportMojo(), new ImportMojo()));
    goals.forEach(goal ->
        assertFailure(goal, "-Dcache.dry-run is no parameter; did you mean -Dcache.dryRun?"));
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void maintainRemovesWhatExpiredAndWhatIsOverTheLimit() throws Exception {
    Settings.Builder yesterday =
        Settings.builder().clock(() -> Instant.now().minus(Duration.ofDays(1)));
    inApplication(yesterday, memo -> memo.kind("routes").put("B-C", "4 km", HOUR));
    inApplication(memo -> memo.kind("big").put("1", new byte[6000]));
    inApplication(memo -> memo.kind("big").put("2", new byte[6000]));
    Profile small = Profile.builder().sizeLimit(8000).build();
    inApplication(
        Settings.builder().kind("big", small), memo -> memo.kind("big").volume());

    List<String> lines = run(new MaintainMojo());

    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).isEqualTo("cache:maintain in " + store);
    assertThat(lines.get(1))
        .matches(
            "KIND +EXPIRED +CULLED +OUTDATED +DAMAGED +SWEPT +FREED +ENTRIES +SIZE +BACKUP +STATE");
    assertThat(lines.get(2)).matches("big +0 +1 +0 +0 +[0-9]+ +[^ ]+ .?B +1  .* KiB .* KiB  fine");
    assertThat(lines.get(3)).matches("geo +0 +0 +0 +0 +[0-9]+ +0 B +3  .* B .* B  fine");
    assertThat(lines.get(4)).matches("routes +1 +0 +0 +0 +[0-9]+ +0 B +1  .* B .* B  fine");
    assertThat(lines.get(5)).matches("TOTAL +1 +1 +0 +0 +[0-9]+ +[^ ]+ .?B +5  .* KiB .* KiB");
    assertThat(store.resolve("kinds/geo/backup")).isNotEmptyDirectory();
  }

  private long memoBackups(String kind) {
    try (DiskMemo memo = DiskMemo.open(store)) {
      return memo.maintenance().kind(kind).backups().size();
    }
  }

  @Test
  void maintainMakesNoBackupIfToldSo() throws Exception {
    MaintainMojo goal = new MaintainMojo();
    goal.backup = "false";
    run(goal);

    assertThat(store.resolve("kinds/geo/backup")).doesNotExist();
  }

  @Test
  void maintainTakesTheNameOfABackupForAMistake() throws Exception {
    for (String given : List.of("yes", "20200101T000000Z-1")) {
      MaintainMojo goal = new MaintainMojo();
      goal.backup = given;
      assertFailure(goal, "cache.backup is \"" + given + "\"; write true or false");
    }
    assertThat(store.resolve("kinds/geo/backup")).doesNotExist();
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void maintainKeepsAsManyBackupsAsItIsTold() throws Exception {
    for (int i = 0; i < 3; i++) {
      MaintainMojo goal = new MaintainMojo();
      goal.keep = 1;
      run(goal);
    }
    assertThat(memoBackups("geo")).isEqualTo(1);
    MaintainMojo none = new MaintainMojo();
    none.keep = 0;
    assertFailure(none, "cache.keep is 0; keep at least 1 backup");
  }

  @Test
  void checkSaysFine() throws Exception {
    assertThat(run(new CheckMojo()))
        .containsExactly(
            "cache:check in " + store,
            "KIND    CHECKED  DAMAGED  STATE",
            "geo           3        0  fine",
            "routes        1        0  fine",
            "TOTAL         4        0");
  }

  @Test
  void checkRemovesWhatIsDamaged() throws Exception {
    sql("geo", "UPDATE entry SET value = x'00' WHERE id = 1");
    assertThat(run(new CheckMojo()))
        .contains("geo           3        1  damaged, repaired")
        .anyMatch(
            line -> line.matches("geo: what was damaged is in .*: quarantine/[0-9a-f]{64}\\.row"));
    assertThat(entries()).containsExactly(2L, 1L);
  }

  @Test
  void maintainRemovesWhatIsDamaged() throws Exception {
    sql("geo", "UPDATE entry SET value = x'00' WHERE id = 1");
    assertThat(run(new MaintainMojo())).anyMatch(line -> line.endsWith("damaged, repaired"));
    assertThat(run(new CheckMojo())).contains("geo           2        0  fine");
  }

  /** The second of two nights took away what it could have come back from. */
  @Test
  void damagedKindKeepsItsBackups() throws Exception {
    run(new BackupMojo());
    List<String> before = backups();
    sql(
        "geo",
        "PRAGMA ignore_check_constraints = ON",
        "INSERT INTO state VALUES (2,0,0,0,0,0,0,0,0)");
    for (int night = 0; night < 3; night++) {
      assertThatThrownBy(() -> run(new MaintainMojo())).hasMessageContaining("geo is damaged");
    }
    assertThat(backups()).isEqualTo(before);
  }

  private List<String> backups() throws IOException {
    try (Stream<Path> names = Files.list(store.resolve("kinds/geo/backup"))) {
      return names.map(name -> name.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void checkFailsIfDamageRemains() throws Exception {
    sql(
        "geo",
        "PRAGMA ignore_check_constraints = ON",
        "INSERT INTO state VALUES (2,0,0,0,0,0,0,0,0)");
    List<String> lines = new ArrayList<>();
    assertThatThrownBy(() -> run(new CheckMojo(), lines))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith(
            "geo is damaged and cannot be repaired (CHECK constraint failed in state")
        .hasMessageEndingWith("); run mvn cache:restore -Dkind=geo, which brings back its newest"
            + " sound backup, or else what value files hold; only if that fails, end the"
            + " applications that use it and delete " + store.resolve("kinds").resolve("geo")
            + ": then results are computed again, but its backups and what was put by hand are"
            + " gone");
    assertThat(lines).contains("geo           3        0  damaged");
  }

  @Test
  void repairIsAFailureIfItIsToBe() throws Exception {
    sql("geo", "UPDATE entry SET value = x'00' WHERE id = 1");
    CheckMojo goal = new CheckMojo();
    goal.failOnRepair = "true";
    assertFailure(
        goal,
        "geo was damaged and is repaired (1 of 3 entries), which is a failure by"
            + " cache.failOnRepair");
    assertThat(run(goal)).contains("geo           2        0  fine");
    goal.failOnRepair = "yes";
    assertFailure(goal, "cache.failOnRepair is \"yes\"; write true or false");
  }

  /** Nothing is wrong with it, and whoever deletes it loses what a newer release keeps there. */
  private void makeNewer(String kind) throws Exception {
    sql(kind, "PRAGMA user_version = 99");
  }

  private void assertFailureOfTheNewer(StoreMojo goal, List<String> lines) {
    assertThatThrownBy(() -> run(goal, lines))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage("geo: open the kind: the database, whose format is 99, was made by a newer"
            + " release; use that, or another directory");
  }

  @Test
  void kindOfANewerReleaseIsNotSaidToBeDamaged() throws Exception {
    makeNewer("geo");
    List<String> checked = new ArrayList<>();
    assertFailureOfTheNewer(new CheckMojo(), checked);
    assertThat(checked)
        .containsExactly(
            "cache:check in " + store,
            "KIND    CHECKED  DAMAGED  STATE",
            "routes        1        0  fine");
    List<String> maintained = new ArrayList<>();
    MaintainMojo maintain = new MaintainMojo();
    maintain.backup = "false";
    assertFailureOfTheNewer(maintain, maintained);
    assertThat(maintained).hasSize(3).last().asString().matches("routes .* fine");
  }

  @Test
  void kindThatCannotBeOpenedDoesNotHideWhatWasDoneToOthers() throws Exception {
    makeNewer("geo");
    List<String> tags = new ArrayList<>();
    assertFailureOfTheNewer(new TagsMojo(), tags);
    assertThat(tags).last().asString().matches("routes +country:NZ +1 .*");
    List<String> evicted = new ArrayList<>();
    assertFailureOfTheNewer(evict(null, "country:NZ", null), evicted);
    assertThat(evicted)
        .containsExactly("cache:evict in " + store, "KIND    EVICTED", "routes        1");
    List<String> stats = new ArrayList<>();
    assertFailureOfTheNewer(new StatsMojo(), stats);
    assertThat(stats)
        .anyMatch(line -> line.matches("routes +0 .*"))
        .anyMatch(line -> line.matches("routes +shards +1 +default"));
  }

  @Test
  void backupThatFailsDoesNotHideWhatWasMaintained() throws Exception {
    Files.writeString(store.resolve("kinds/geo/backup"), "in the way");
    List<String> lines = new ArrayList<>();
    assertThatThrownBy(() -> run(new MaintainMojo(), lines))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageStartingWith("geo: back up: ");
    assertThat(lines)
        .hasSize(5)
        .anyMatch(line -> line.matches("geo .* 0 B  fine"))
        .anyMatch(line -> line.matches("routes .* [1-9][0-9]* B  fine"));

    MaintainMojo ofOne = new MaintainMojo();
    ofOne.kind = "geo";
    List<String> linesOfOne = new ArrayList<>();
    assertThatThrownBy(() -> run(ofOne, linesOfOne)).hasMessageStartingWith("geo: back up: ");
    assertThat(linesOfOne).hasSize(3).last().asString().matches("geo .* fine");
  }

  @Test
  void whoeverOnlyLooksLeavesADamagedDatabaseAsItIs() throws Exception {
    byte[] damaged = new byte[20_000];
    Path database = store.resolve("kinds/geo/cache-2-1.db");
    Files.write(database, damaged);
    MaintainMojo maintain = new MaintainMojo();
    CheckMojo check = new CheckMojo();
    EvictMojo evict = evict(null, "country:NZ", null);
    List<StoreMojo> dry = List.of(maintain, check, evict);
    dry.forEach(goal -> goal.dryRun = "true");
    for (StoreMojo goal : List.of(maintain, check, evict, new StatsMojo(), new TagsMojo())) {
      List<String> lines = new ArrayList<>();
      assertThatThrownBy(() -> run(goal, lines))
          .isInstanceOf(MojoFailureException.class)
          .hasMessageStartingWith("geo is damaged (")
          .hasMessageEndingWith(
              dry.contains(goal)
                  ? "); run cache:check without cache.dryRun to repair it"
                  : "); run cache:check to repair it");
      assertThat(lines).anyMatch(line -> line.startsWith("routes "));
    }
    assertThat(Files.readAllBytes(database)).isEqualTo(damaged);
    assertThat(store.resolve("kinds/geo/current")).hasContent("cache-2-1.db");
    assertThat(store.resolve("kinds/geo/quarantine")).doesNotExist();

    assertThat(run(new CheckMojo())).contains("geo           0        0  damaged, repaired");
  }

  @Test
  void dryCheckFailsOnDamageAndRepairsNothing() throws Exception {
    sql("geo", "UPDATE entry SET value = x'00' WHERE id = 1");
    CheckMojo goal = new CheckMojo();
    goal.dryRun = "true";
    assertFailure(
        goal, "geo is damaged (1 of 3 entries); run cache:check without cache.dryRun to repair it");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  private void sql(String kind, String... statements) throws SQLException, IOException {
    Path directory = store.resolve("kinds").resolve(kind);
    String database = Files.readString(directory.resolve("current")).strip();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(database));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void dryRunsChangeNothing() throws Exception {
    EvictMojo evict = evict(null, "country:NZ", null);
    evict.dryRun = "true";
    assertThat(run(evict))
        .containsExactly(
            "cache:evict in " + store + ", dry run: this would be, nothing was changed",
            "KIND    EVICTED",
            "geo           2",
            "routes        1",
            "TOTAL         3");
    ClearMojo clear = new ClearMojo();
    clear.dryRun = "true";
    assertThat(run(clear)).last().isEqualTo("TOTAL         4");
    MaintainMojo maintain = new MaintainMojo();
    maintain.dryRun = "true";
    assertThat(run(maintain)).hasSize(5);
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void skippedGoalDoesNothing() throws Exception {
    ClearMojo goal = new ClearMojo();
    goal.skip = "true";
    assertThat(run(goal)).containsExactly("cache:clear is skipped: cache.skip");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void flagThatIsNeitherTrueNorFalseIsAnError() throws Exception {
    ClearMojo goal = new ClearMojo();
    goal.dryRun = "yes";
    assertFailure(goal, "cache.dryRun is \"yes\"; write true or false");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void unknownKindIsAnErrorThatNamesTheNearest() throws Exception {
    for (StoreMojo goal : List.of(
        new StatsMojo(), new ClearMojo(), new EvictMojo(), new CheckMojo(), new MaintainMojo())) {
      goal.kind = "goe";
      assertFailure(
          goal,
          "there is no kind \"goe\" in " + store
              + ", which holds geo, routes; did you mean \"geo\"?");
    }
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void missingDirectoryIsAnErrorAndIsNotMade() throws Exception {
    Path missing = temporary.resolve("missing");
    StatsMojo goal = new StatsMojo();
    goal.directory = missing.toFile();
    assertFailure(
        goal,
        "open the directory: there is no directory " + missing
            + "; name one that an application has opened: -Dcache.directory=<path>");
    assertThat(missing).doesNotExist();
  }

  @Test
  void directoryThatIsNoStoreIsAnErrorAndIsNotTouched() throws Exception {
    Path other = Files.createDirectories(temporary.resolve("other/photos")).getParent();
    StatsMojo goal = new StatsMojo();
    goal.directory = other.toFile();
    assertFailure(
        goal,
        "open the directory: " + other
            + " holds photos and is no store; use an empty directory: -Dcache.directory=<path>");
    assertThat(other).isDirectoryContaining("glob:**photos");
  }

  @Test
  void backupIsMadeAndRestoredUnderARunningApplication() throws Exception {
    inApplication(memo -> {
      Geocoder geocoder = new Geocoder(memo);
      BackupMojo backup = new BackupMojo();
      assertThat(run(backup))
          .satisfiesExactly(
              line -> assertThat(line).isEqualTo("cache:backup in " + store),
              line -> assertThat(line).matches("KIND +ENTRIES +SIZE +BACKUP"),
              line -> assertThat(line).matches("geo +3 .* B  [0-9]{8}T[0-9]{6}Z-1"),
              line -> assertThat(line).matches("routes +1 .* B  [0-9]{8}T[0-9]{6}Z-1"),
              line -> assertThat(line).matches("TOTAL +4 .* B"));
      memo.kind("routes").put("A-B", "changed");
      memo.evictTag("country:AU");

      List<String> lines = run(new RestoreMojo());

      assertThat(lines.get(1))
          .matches("KIND +RESTORED +FROM FILES +DAMAGED +EVICTED +EXPIRED +BACKUP");
      assertThat(lines.get(2)).matches("geo +2 +0 +0 +1 +0  .*-1");
      assertThat(lines.get(3)).matches("routes +1 +0 +0 +0 +0  .*-1");
      assertThat(memo.kind("routes").get("A-B", String.class)).contains("17 km");
      assertThat(geocoder.computedBy(() -> geocoder.locate("NZ", "1 Queen St"))).isZero();
      assertThat(geocoder.computedBy(() -> geocoder.locate("AU", "2 King St"))).isOne();
    });
  }

  @Test
  void restorationOfAKindWithoutABackupOrFromAnUnknownOneIsAnError() throws Exception {
    RestoreMojo goal = new RestoreMojo();
    goal.kind = "geo";
    assertThatThrownBy(() -> run(goal))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage("restore: kind geo has no sound backup, and its database is sound");
    goal.backup = "20200101T000000Z-1";
    assertThatThrownBy(() -> run(goal))
        .hasMessage("restore: there is no backup 20200101T000000Z-1 of kind geo; there is none");
    BackupMojo none = new BackupMojo();
    none.keep = 0;
    assertFailure(none, "cache.keep is 0; keep at least 1 backup");
  }

  @Test
  void restorationFromABackupOfAWrongNameIsAnErrorAndNotFromTheNewest() throws Exception {
    run(new BackupMojo());
    inApplication(memo -> memo.kind("routes").put("B-C", "4 km"));
    for (String flag : List.of("true", "false")) {
      RestoreMojo goal = new RestoreMojo();
      goal.backup = flag;
      assertFailure(
          goal,
          "cache.backup is \"" + flag + "\", which tells cache:maintain whether to make one;"
              + " cache:restore takes the name of a backup, or nothing for the newest sound one."
              + " Give -Dcache.backup=<name>; in a POM, set it in the execution of cache:maintain, and"
              + " not for the whole plugin or as a property");
    }
    commandLine.setProperty("backup", "20200101T000000Z-1");
    assertFailure(new RestoreMojo(), "-Dbackup is no parameter; did you mean -Dcache.backup?");
    assertThat(entries()).containsExactly(3L, 2L);
  }

  @Test
  void exportedEntriesAreImportedElsewhere() throws Exception {
    Path file = temporary.resolve("entries.dmx");
    ExportMojo export = new ExportMojo();
    export.file = file.toFile();
    export.tag = "country:NZ";
    assertThat(run(export))
        .containsExactly(
            "cache:export in " + store,
            "KIND    ENTRIES  DAMAGED",
            "geo           2        0",
            "routes        1        0",
            "TOTAL         3        0");
    assertFailure(export, file + " is there already; name another file, or delete it");
    store = temporary.resolve("other");
    inApplication(memo -> {});
    ImportMojo goal = new ImportMojo();
    goal.file = file.toFile();
    goal.kind = "geo";
    goal.method = "com.example.Geocoder.locate";
    goal.dryRun = "true";
    assertThat(run(goal)).last().isEqualTo("geo        1        0        0        0          0");
    goal.dryRun = "false";
    assertThat(run(goal))
        .containsExactly(
            "cache:import in " + store,
            "KIND  STORED  PRESENT  EXPIRED  NO ROOM  OTHER KEY",
            "geo        1        0        0        0          0");
    goal.kind = null;
    goal.method = null;
    assertThat(run(goal))
        .contains("geo          1        1        0        0          0")
        .contains("routes       1        0        0        0          0");
    assertThat(entries()).containsExactly(2L, 1L);
  }

  @Test
  void fileIsNeededAndMustBeOneOfEntries() throws Exception {
    assertFailure(
        new ExportMojo(), "cache:export does not know the file; give it with -Dcache.file=<path>");
    Path file = Files.writeString(temporary.resolve("notes.txt"), "notes, and more of them");
    ImportMojo goal = new ImportMojo();
    goal.file = file.toFile();
    assertFailure(goal, file + ": it is no file of entries that this release can read");
    assertThat(entries()).containsExactly(3L, 1L);
  }

  @Test
  void tagsAreListedWithWhatHasThem() throws Exception {
    assertThat(run(new TagsMojo()))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("cache:tags in " + store),
            line -> assertThat(line).matches("KIND +TAG +ENTRIES +SIZE"),
            line -> assertThat(line).matches("geo +country:AU +1 +[0-9]+ B"),
            line -> assertThat(line).matches("geo +country:NZ +2 +[0-9]+ B"),
            line -> assertThat(line).matches("routes +country:NZ +1 +[0-9]+ B"));
  }

  @Test
  void statsShowEachSettingAndWhereItComesFrom() throws Exception {
    Profile profile = Profile.builder().sizeLimit(500_000).build();
    inApplication(
        Settings.builder().kind("geo", profile), memo -> memo.kind("geo").volume());
    System.setProperty("diskmemo.kind.routes.ttl", "2h");
    try {
      List<String> lines = run(new StatsMojo());
      assertThat(lines)
          .anyMatch(line -> line.matches("KIND +SETTING +VALUE +FROM"))
          .anyMatch(line -> line.matches("geo +size-limit +500000 +noted by an application"))
          .anyMatch(line -> line.matches("geo +ttl +never +default"))
          .anyMatch(line -> line.matches("routes +ttl +PT2H +the system properties"))
          .anyMatch(line -> line.matches("routes +shards +1 +default"));
    } finally {
      System.clearProperty("diskmemo.kind.routes.ttl");
    }
  }

  @Test
  void evictOfAnUnknownMethodSaysSoWithTheNearest() throws Exception {
    List<String> warnings = new ArrayList<>();
    EvictMojo goal = evict(null, null, "com.example.Geocoder.lokate");
    goal.commandLine = commandLine;
    goal.directory = store.toFile();
    goal.setLog(new SystemStreamLog() {
      @Override
      public void warn(CharSequence line) {
        warnings.add(line.toString());
      }
    });
    goal.execute();

    assertThat(warnings)
        .containsExactly("no result of a method \"com.example.Geocoder.lokate\" was ever stored;"
            + " did you mean \"com.example.Geocoder.locate\"?");
  }

  @Test
  void longWorkTellsHowFarItIsAndShortWorkDoesNot() {
    List<String> lines = new ArrayList<>();
    long[] nanos = {0};
    ProgressLines progress = new ProgressLines(lines::add, () -> nanos[0]);
    progress.accept(new Progress("geo", "check", 1000));
    nanos[0] = 2_000_000_000L;
    progress.accept(new Progress("geo", "check", 12_000));
    progress.accept(new Progress("geo", "check", 13_000));

    assertThat(lines).containsExactly("geo: check, 12,000");
  }

  @Test
  void oneDamagedKindDoesNotHideTheOthers() throws Exception {
    Path database = store.resolve("kinds/geo/cache-2-1.db");
    Files.write(database, new byte[20_000]);
    List<String> lines = run(new CheckMojo());
    assertThat(lines)
        .contains("geo           0        0  damaged, repaired", "routes        1        0  fine")
        .contains("geo: the database cache-2-1.db was damaged or missing, and was set aside;"
            + " 0 entries came back from no backup, 0 from their value files")
        .anyMatch(line -> line.startsWith(
                "geo: what was damaged is in " + store.resolve("kinds/geo") + ": quarantine/")
            && line.contains("-cache-2-1.db"));
  }

  @Test
  void storeWithoutKindsIsNoError() throws Exception {
    store = temporary.resolve("empty");
    inApplication(memo -> {});
    assertThat(run(new StatsMojo())).last().isEqualTo("(none yet)");
    assertThat(run(evict(null, "x", null))).last().isEqualTo("(none yet)");
  }
}
