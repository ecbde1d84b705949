package io.diskmemo.maven;

import io.diskmemo.Maintenance;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Looks at every entry, removes the damaged, and says whether each kind is fine, was damaged and is
 * repaired, or is damaged; only the last fails the build.
 */
@Mojo(name = "check", requiresProject = false, aggregator = true, threadSafe = true)
public final class CheckMojo extends StoreMojo {
  /** Made by Maven. */
  public CheckMojo() {
    super("cache:check");
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    List<Health> all = maintenance.repair().stream().map(Health::of).toList();
    print(
        directory,
        new KindTable<>(all, Health::kind)
            .count("CHECKED", health -> health.found().entries())
            .count("DAMAGED", health -> health.found().damaged())
            .words("STATE", Health::words));
    Health.requireNoDamage(all, directory, isDryRun());
  }
}
