package io.diskmemo.maven;

import io.diskmemo.BackupReport;
import io.diskmemo.Maintenance;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Makes a backup of each kind in its directory, while applications read and write. Once it is whole,
 * old ones are deleted.
 */
@Mojo(name = "backup", requiresProject = false, aggregator = true, threadSafe = true)
public final class BackupMojo extends StoreMojo {
  /** How many backups of each kind are kept. */
  @Parameter(property = "cache.keep", defaultValue = "2")
  int keep = 2;

  /** Made by Maven. */
  public BackupMojo() {
    super("cache:backup");
  }

  @Override
  void checkParameters() throws MojoFailureException {
    requireKept(keep);
  }

  static void requireKept(int keep) throws MojoFailureException {
    if (keep < 1) {
      throw new MojoFailureException("cache.keep is " + keep + "; keep at least 1 backup");
    }
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    print(
        directory,
        new KindTable<>(
                done(BackupReport.class, maintenance.keepBackups(keep)::backup), BackupReport::kind)
            .count("ENTRIES", BackupReport::entries)
            .bytes("SIZE", BackupReport::sizeBytes)
            .words("BACKUP", report -> report.name().orElse("")));
  }
}
