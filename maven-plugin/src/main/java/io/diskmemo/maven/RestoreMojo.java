package io.diskmemo.maven;

import io.diskmemo.Maintenance;
import io.diskmemo.RestoreReport;
import java.nio.file.Path;
import java.util.List;
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
  /** The backup to restore, such as {@code 20261121T060000Z-1}; the newest sound one by default. */
  @Parameter(property = "cache.backup")
  @Nullable
  String backup;

  /** Made by Maven. */
  public RestoreMojo() {
    super("cache:restore");
  }

  @Override
  void checkParameters() throws MojoFailureException {
    parameters().refuseSlips();
    parameters().name("backup", backup);
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    List<RestoreReport> all = backup == null ? maintenance.restore() : maintenance.restore(backup);
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
