package io.diskmemo.maven;

import io.diskmemo.Maintenance;
import io.diskmemo.MaintenanceReport;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Removes the entries whose time is over, those above the size limit and those of versions that nobody
 * uses; checks what is left and removes what is damaged; deletes files that nobody needs and gives free
 * room back. Fails only if damage remains.
 */
@Mojo(name = "maintain", requiresProject = false, aggregator = true, threadSafe = true)
public final class MaintainMojo extends StoreMojo {
  /** Made by Maven. */
  public MaintainMojo() {
    super("cache:maintain");
  }

  private record Maintained(MaintenanceReport report, Health health) {}

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    List<Maintained> all = maintenance.run().stream()
        .map(report -> new Maintained(report, Health.of(report.check())))
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
            .words("STATE", one -> one.health().words()));
    Health.requireNoDamage(all.stream().map(Maintained::health).toList(), directory, isDryRun());
  }
}
