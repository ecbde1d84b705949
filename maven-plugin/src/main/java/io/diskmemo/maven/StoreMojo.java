package io.diskmemo.maven;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.ExportFileException;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.Maintenance;
import io.diskmemo.Settings;
import io.diskmemo.StoreException;
import io.diskmemo.UnknownKindException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
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

  /** Whether it looks at {@code tag} and {@code method}; one that does not refuses them. */
  boolean selectsEntries() {
    return false;
  }

  /** What to do for somebody who gave a selector that the goal does not look at. */
  String wayOutOf(String selector, String value) {
    return "leave out -D" + selector + ", or choose a kind with -Dkind=<kind>";
  }

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (Parameters.flag("cache.skip", skip)) {
      getLog().info(goal + " is skipped: cache.skip");
      return;
    }
    parameters().refuseSlips();
    if (!selectsEntries()) {
      refuse("tag");
      refuse("method");
    }
    checkParameters();
    Optional<String> chosen = parameters().name("kind", kind);
    boolean dry = isDryRun();
    try (DiskMemo memo = open()) {
      Maintenance all =
          memo.maintenance().onProgress(new ProgressLines(getLog()::info, System::nanoTime));
      Maintenance any = dry ? all.dryRun() : all;
      work(chosen.map(name -> narrowed(any, name)).orElse(any), memo.directory());
    } catch (InvalidSettingException | UnknownKindException | ExportFileException e) {
      throw new MojoFailureException(e.getMessage(), e);
    } catch (DiskMemoException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  private void refuse(String selector) throws MojoFailureException {
    Optional<String> value = parameters().given(selector);
    if (value.isPresent()) {
      throw new MojoFailureException(goal + " works on whole kinds, whatever the " + selector + "; "
          + wayOutOf(selector, value.get()));
    }
  }

  private DiskMemo open() throws MojoFailureException {
    Settings settings = settings();
    try {
      return DiskMemo.open(settings);
    } catch (StoreException e) {
      throw new MojoFailureException(e.getMessage() + WAY_OUT, e);
    }
  }

  private Settings settings() {
    Settings.Builder settings = Settings.load().toBuilder().mustExist(true);
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

  /** Prints the goal's one table under a title that says what and where. */
  final void print(Path store, KindTable<?> table) throws MojoFailureException {
    print(store, table.lines());
  }

  /** Prints the lines of the goal's one table under the same title. */
  final void print(Path store, List<String> lines) throws MojoFailureException {
    getLog()
        .info(goal + " in " + store
            + (isDryRun() ? ", dry run: this would be, nothing was changed" : ""));
    lines.forEach(getLog()::info);
  }
}
