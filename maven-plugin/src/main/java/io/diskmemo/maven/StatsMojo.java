package io.diskmemo.maven;

import io.diskmemo.Maintenance;
import io.diskmemo.Stats;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows how much each kind holds, and what all processes counted since it was made, as far as they
 * wrote it down: hits, misses, computations and the time that hits saved. Changes nothing.
 */
@Mojo(name = "stats", requiresProject = false, aggregator = true, threadSafe = true)
public final class StatsMojo extends StoreMojo {
  /** Made by Maven. */
  public StatsMojo() {
    super("cache:stats");
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    print(
        directory,
        new KindTable<>(maintenance.stats(), Stats::kind)
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
            .duration("SAVED", Stats::timeSaved));
  }
}
