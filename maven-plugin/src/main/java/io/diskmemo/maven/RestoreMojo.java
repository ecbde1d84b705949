package io.diskmemo.maven;

import io.diskmemo.Maintenance;
import io.diskmemo.RestoreReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Puts the newest sound backup of each kind in the place of what it holds, also beneath running
 * applications. What was evicted since stays evicted, as far as the database can still say.
 */
@Mojo(name = "restore", requiresProject = false, aggregator = true, threadSafe = true)
public final class RestoreMojo extends StoreMojo {
  private static final Set<String> FLAGS = Set.of("true", "false");

  /**
   * The backup to restore, such as {@code 20261121T060000Z-1}; the newest sound one by default. In {@code
   * cache:maintain} the same parameter says whether to make one.
   */
  @Parameter(property = "cache.backup")
  @Nullable
  String backup;

  /** Made by Maven. */
  public RestoreMojo() {
    super("cache:restore");
  }

  @Override
  boolean empties() {
    return true;
  }

  @Override
  void checkParameters() throws MojoFailureException {
    chosenBackup();
  }

  /** What is not understood must not restore another backup than was meant. */
  private Optional<String> chosenBackup() throws MojoFailureException {
    parameters().refuseShort("backup");
    Optional<String> chosen = parameters().name("backup", backup);
    if (chosen.filter(FLAGS::contains).isPresent()) {
      throw new MojoFailureException("cache.backup is \"" + chosen.get()
          + "\", which tells cache:maintain whether to make one; cache:restore takes the name of a"
          + " backup, or nothing for the newest sound one. Give -Dcache.backup=<name>; in a POM, set it"
          + " in the execution of cache:maintain, and not for the whole plugin or as a property");
    }
    return chosen;
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    Optional<String> chosen = chosenBackup();
    List<RestoreReport> all = done(
        RestoreReport.class,
        () -> chosen.isPresent() ? maintenance.restore(chosen.get()) : maintenance.restore());
    print(
        directory,
        new KindTable<>(all, RestoreReport::kind)
            .count("RESTORED", RestoreReport::entries)
            .count("FROM FILES", RestoreReport::entriesFromFiles)
            .count("DAMAGED", RestoreReport::damaged)
            .count("EVICTED", RestoreReport::evicted)
            .count("EXPIRED", RestoreReport::expired)
            .words("BACKUP", report -> report.backup().orElse("none")));
    all.stream()
        .filter(report -> !report.evictionsKnown())
        .forEach(report -> getLog()
            .warn("the database of " + report.kind()
                + " could not say what was evicted since the backup"));
  }
}
