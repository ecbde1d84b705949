package io.diskmemo.maven;

import io.diskmemo.CheckReport;
import io.diskmemo.Maintenance;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Looks at every entry, removes the damaged, and says whether each kind is fine, was damaged and is
 * repaired, or is damaged. The last fails the build, and so does a repair if {@code cache.failOnRepair}
 * says so; in a dry run, all damage does. A kind that cannot be looked at for another reason fails the
 * build too, and is not said to be damaged.
 */
@Mojo(name = "check", requiresProject = false, aggregator = true, threadSafe = true)
public final class CheckMojo extends StoreMojo {
  private static final int MOST_NAMES = 10;

  /** {@code true} fails the build also if a kind was damaged and is repaired. */
  @Parameter(property = "cache.failOnRepair", defaultValue = "false")
  String failOnRepair = "false";

  /** Made by Maven. */
  public CheckMojo() {
    super("cache:check");
  }

  @Override
  void checkParameters() throws MojoFailureException {
    isRepairAFailure();
  }

  private boolean isRepairAFailure() throws MojoFailureException {
    return Parameters.flag("cache.failOnRepair", failOnRepair);
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    List<Health> all =
        done(CheckReport.class, maintenance::repair).stream().map(Health::of).toList();
    print(
        directory,
        new KindTable<>(all, Health::kind)
            .count("CHECKED", health -> health.found().entries())
            .count("DAMAGED", health -> health.found().damaged())
            .words("STATE", Health::words));
    all.forEach(health -> explain(health, directory));
    complainOfDamage(all, directory);
    if (isRepairAFailure()) {
      all.forEach(
          health -> health.complaintOfRepair().ifPresent(text -> complain(health.kind(), text)));
    }
  }

  /** What was mended without a failure of the build, and where the remains are. */
  private void explain(Health health, Path directory) {
    if (health.state() == Health.State.REPAIRED) {
      health.found().problems().forEach(problem -> getLog().info(health.kind() + ": " + problem));
    }
    List<String> kept = health.found().quarantined();
    if (!kept.isEmpty()) {
      getLog()
          .info(health.kind() + ": what was damaged is in "
              + directory.resolve("kinds").resolve(health.kind()) + ": "
              + String.join(", ", kept.subList(0, Math.min(MOST_NAMES, kept.size())))
              + (kept.size() > MOST_NAMES ? ", and " + (kept.size() - MOST_NAMES) + " more" : ""));
    }
  }
}
