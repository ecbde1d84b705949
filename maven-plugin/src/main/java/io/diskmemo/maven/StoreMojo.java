package io.diskmemo.maven;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Maintenance;
import io.diskmemo.MaintenanceException;
import io.diskmemo.Settings;
import io.diskmemo.StoreException;
import java.io.File;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that opens a store, works on it and prints one table. */
abstract class StoreMojo extends AbstractMojo {
  private static final String WAY_OUT = ": -Dcache.directory=<path>";

  /**
   * The directory of the store. By default the one that an application finds in this place: {@code
   * diskmemo.directory} among the system properties, the environment or in {@code
   * diskmemo.properties}, else the nearest {@code .diskmemo} in the working directory or above it.
   */
  @Parameter(property = "cache.directory")
  @Nullable
  File directory;

  /** The one kind to work on, all by default. On the command line {@code -Dkind} does as well. */
  @Parameter(property = "cache.kind")
  @Nullable
  String kind;

  /** {@code true} does nothing at all. */
  @Parameter(property = "cache.skip", defaultValue = "false")
  String skip = "false";

  /** {@code true} changes nothing, and only shows what would be done. */
  @Parameter(property = "cache.dryRun", defaultValue = "false")
  String dryRun = "false";

  /** What was given with {@code -D}. */
  @Parameter(defaultValue = "${session.userProperties}", readonly = true, required = true)
  Properties commandLine = new Properties();

  /** What the POM says, before its expressions are evaluated. */
  @Parameter(defaultValue = "${mojoExecution}", readonly = true)
  @Nullable
  MojoExecution execution;

  private final String goal;
  private Complaints complaints = new Complaints(false, null);

  /** A goal with this name, as in {@code cache:stats}. */
  StoreMojo(String goal) {
    this.goal = goal;
  }

  /** Does the goal's work on the kinds that were chosen. */
  abstract void work(Maintenance maintenance, Path directory) throws MojoFailureException;

  /** Maintenance of the chosen kind. */
  Maintenance narrowed(Maintenance all, String chosen) {
    return all.kind(chosen);
  }

  /** Fails before anything is opened if the parameters make no sense. */
  void checkParameters() throws MojoFailureException {}

  /** Whether something else than the store says which kinds it works on. */
  boolean namesKinds() {
    return false;
  }

  /** Whether it looks at {@code tag} and {@code method}; one that does not, and changes something, refuses them. */
  boolean selectsEntries() {
    return false;
  }

  /**
   * Whether it takes away what whole kinds hold. Then it also refuses selectors by their short names,
   * which in a build may be meant for another plugin.
   */
  boolean empties() {
    return false;
  }

  /**
   * What to do for somebody who gave a selector that the goal does not look at.
   *
   * @param given its name, as it was given
   */
  String wayOutOf(String given, String value) {
    return "leave out -D" + given + ", or choose a kind with -Dkind=<kind>";
  }

  /** Whether it may change the store, if it is no dry run. */
  boolean changesStore() {
    return true;
  }

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (Parameters.flag("cache.skip", skip)) {
      getLog().info(goal + " is skipped: cache.skip");
      return;
    }
    parameters().refuseSlips(wordsNotToBeMistaken());
    if (!selectsEntries() && changesStore()) {
      refuse("tag");
      refuse("method");
    }
    parameters().requireSet("directory", directory);
    checkParameters();
    Optional<String> chosen = parameters().name("kind", kind);
    boolean dry = isDryRun();
    complaints = new Complaints(dry, null);
    try (DiskMemo memo = open(dry)) {
      List<String> kinds =
          chosen.map(List::of).orElseGet(() -> namesKinds() ? List.of() : memo.kindNames());
      complaints = new Complaints(dry, kinds.size() == 1 ? kinds.get(0) : null);
      Maintenance all =
          memo.maintenance().onProgress(new ProgressLines(getLog()::info, System::nanoTime));
      Maintenance any = dry ? all.dryRun() : all;
      work(chosen.map(name -> narrowed(any, name)).orElse(any), memo.directory());
    } catch (DiskMemoException e) {
      complaints.add(e);
    }
    complaints.throwIfAny();
  }

  private void refuse(String selector) throws MojoFailureException {
    refuse(selector, "cache." + selector);
    if (empties()) {
      refuse(selector, selector);
    }
  }

  private void refuse(String selector, String name) throws MojoFailureException {
    String value = commandLine.getProperty(name);
    if (value != null) {
      throw new MojoFailureException(
          goal + " works on whole kinds, whatever the " + selector + "; " + wayOutOf(name, value));
    }
  }

  /** Parameters whose misspelt short names are errors, though other plugins may read such names. */
  private Set<String> wordsNotToBeMistaken() {
    Set<String> words = new HashSet<>();
    if (selectsEntries() || empties()) {
      words.addAll(List.of("cache.kind", "cache.tag", "cache.method"));
    }
    if (changesStore()) {
      words.addAll(List.of("cache.dryRun", "cache.failOnRepair"));
    }
    return words;
  }

  private DiskMemo open(boolean dry) throws MojoFailureException {
    Settings settings = settings(dry);
    try {
      return DiskMemo.open(settings);
    } catch (StoreException e) {
      throw new MojoFailureException(e.getMessage() + WAY_OUT, e);
    }
  }

  /** Who only looks leaves a damaged database as it is. */
  private Settings settings(boolean dry) {
    Settings.Builder settings =
        Settings.load().toBuilder().mustExist(true).reviveDamaged(changesStore() && !dry);
    if (directory != null) {
      settings.directory(directory.toPath());
    }
    return settings.build();
  }

  final Parameters parameters() {
    return new Parameters(commandLine, new PomConfiguration(execution));
  }

  final boolean isDryRun() throws MojoFailureException {
    return Parameters.flag("cache.dryRun", dryRun);
  }

  /**
   * What is reported of the kinds that something could be done on. The goal says in the end why it could
   * not on others, and fails.
   */
  final <R> List<R> done(Class<R> type, Supplier<List<R>> work) {
    try {
      return work.get();
    } catch (MaintenanceException e) {
      complaints.add(e);
      return e.reports(type);
    } catch (DiskMemoException e) {
      complaints.add(e);
      return List.of();
    }
  }

  /** As {@link #done(Class, Supplier)}, of work on one kind. */
  final <R> List<R> done(String ofKind, Class<R> type, Supplier<List<R>> work) {
    return done(type, () -> {
      try {
        return work.get();
      } catch (StoreException e) {
        complaints.add(ofKind, e);
        return List.of();
      }
    });
  }

  /** Whether there is nothing to show, and that because something could not be done. */
  final boolean isFutile(List<?> reports) {
    return reports.isEmpty() && hasComplaints();
  }

  /** Makes the goal fail in the end if a kind is damaged and was not repaired. */
  final void complainOfDamage(List<Health> all, Path store) throws MojoFailureException {
    boolean dry = isDryRun();
    all.forEach(
        health -> health.complaint(store, dry).ifPresent(text -> complain(health.kind(), text)));
  }

  /** Makes the goal fail in the end. */
  final void complain(String aboutKind, String text) {
    complaints.add(aboutKind, text);
  }

  /** Whether the goal fails in the end. */
  final boolean hasComplaints() {
    return !complaints.isEmpty();
  }

  /** Prints the goal's one table under a title that says what and where; none if nothing was done. */
  final void print(Path store, KindTable<?> table) throws MojoFailureException {
    if (!isFutile(table.reports())) {
      print(store, table.lines());
    }
  }

  /** Prints the lines of the goal's one table under the same title. */
  final void print(Path store, List<String> lines) throws MojoFailureException {
    getLog()
        .info(goal + " in " + store
            + (isDryRun() ? ", dry run: this would be, nothing was changed" : ""));
    lines.forEach(getLog()::info);
  }
}
