package io.diskmemo.maven;

import io.diskmemo.BackupReport;
import io.diskmemo.Maintenance;
import io.diskmemo.MaintenanceReport;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes the entries whose time is over and those of versions that nobody uses; checks what is left and
 * removes what is damaged, and then what is above the size limit; deletes files that nobody needs and
 * gives free room back; and makes a backup of what is left, in the directory. Fails if damage remains, or if
 * something could not be done, once it has shown what was.
 */
@Mojo(name = "maintain", requiresProject = false, aggregator = true, threadSafe = true)
public final class MaintainMojo extends StoreMojo {
  /**
   * {@code true} makes a backup of each kind, which takes as much room as its rows. In {@code
   * cache:restore} the same parameter is the name of a backup.
   */
  @Parameter(property = "cache.backup", defaultValue = "true")
  String backup = "true";

  /** How many backups of each kind are kept. */
  @Parameter(property = "cache.keep", defaultValue = "2")
  int keep = 2;

  /** Made by Maven. */
  public MaintainMojo() {
    super("cache:maintain");
  }

  private record Maintained(MaintenanceReport report, Health health, long backupBytes) {}

  @Override
  void checkParameters() throws MojoFailureException {
    BackupMojo.requireKept(keep);
    isBackedUp();
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    List<MaintenanceReport> reports = done(MaintenanceReport.class, maintenance::run);
    complainOfDamage(reports.stream().map(report -> Health.of(report.check())).toList(), directory);
    boolean backedUp = isBackedUp();
    List<Maintained> all = reports.stream()
        .map(report -> maintained(report, backedUp, maintenance.keepBackups(keep)))
        .toList();
    print(
        directory,
        new KindTable<>(all, one -> one.report().kind())
            .count("EXPIRED", one -> one.report().expired())
            .count("CULLED", one -> one.report().culled())
            .count("OUTDATED", one -> one.report().outdated())
            .count("DAMAGED", one -> one.report().check().damaged())
            .count("SWEPT", one -> one.report().sweptFiles())
            .bytes("FREED", one -> one.report().freedBytes())
            .count("ENTRIES", one -> one.report().entries())
            .bytes("SIZE", one -> one.report().sizeBytes())
            .bytes("BACKUP", Maintained::backupBytes)
            .words("STATE", one -> one.health().words()));
  }

  private boolean isBackedUp() throws MojoFailureException {
    return Parameters.flag("cache.backup", backup);
  }

  /** A damaged kind keeps its backups: the next one would take the place of what it can come back from. */
  private Maintained maintained(
      MaintenanceReport report, boolean backedUp, Maintenance maintenance) {
    Health health = Health.of(report.check());
    long bytes = backedUp && health.state() != Health.State.DAMAGED
        ? backupBytes(report.kind(), maintenance)
        : 0;
    return new Maintained(report, health, bytes);
  }

  private long backupBytes(String kind, Maintenance maintenance) {
    return done(kind, BackupReport.class, () -> maintenance.kind(kind).backup()).stream()
        .mapToLong(BackupReport::sizeBytes)
        .sum();
  }
}
