package io.diskmemo.maven;

import io.diskmemo.Maintenance;
import io.diskmemo.SettingReport;
import io.diskmemo.Stats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows how much each kind holds, and what all processes counted since it was made, as far as they
 * wrote it down: hits, misses, computations and the time that hits saved; then each setting and where
 * it comes from. Changes nothing.
 */
@Mojo(name = "stats", requiresProject = false, aggregator = true, threadSafe = true)
public final class StatsMojo extends StoreMojo {
  /** Made by Maven. */
  public StatsMojo() {
    super("cache:stats");
  }

  @Override
  boolean changesStore() {
    return false;
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    List<Stats> stats = done(Stats.class, maintenance::stats);
    if (isFutile(stats)) {
      return;
    }
    List<String> lines = new ArrayList<>(new KindTable<>(stats, Stats::kind)
        .rounded("ENTRIES", Stats::entries)
        .bytes("SIZE", Stats::sizeBytes)
        .bytes("LIMIT", Stats::sizeLimitBytes)
        .rounded("MEM HITS", Stats::memoryHits)
        .rounded("DISK HITS", Stats::diskHits)
        .rounded("MISSES", Stats::misses)
        .rounded("COMPUTED", Stats::computations)
        .rounded("STORED", Stats::stores)
        .rounded("EVICTED", Stats::evicted)
        .rounded("EXPIRED", Stats::expired)
        .rounded("CULLED", Stats::culled)
        .duration("SAVED", Stats::timeSaved)
        .lines());
    List<SettingReport> settings = done(SettingReport.class, maintenance::settings);
    if (!settings.isEmpty()) {
      lines.add("");
      lines.addAll(table(settings).lines());
    }
    print(directory, lines);
  }

  private static Table table(List<SettingReport> settings) {
    Table table =
        new Table(List.of(Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT));
    table.row("KIND", "SETTING", "VALUE", "FROM");
    settings.forEach(one -> table.row(one.kind(), one.setting(), one.value(), one.origin()));
    return table;
  }
}
