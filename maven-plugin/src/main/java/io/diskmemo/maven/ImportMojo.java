package io.diskmemo.maven;

import io.diskmemo.ImportReport;
import io.diskmemo.Maintenance;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Stores the entries of a file that {@code cache:export} wrote, of a kind, tag or method, or all. All
 * of the file is checked first; live entries stay.
 */
@Mojo(name = "import", requiresProject = false, aggregator = true, threadSafe = true)
public final class ImportMojo extends FileMojo {
  /** Made by Maven. */
  public ImportMojo() {
    super("cache:import");
  }

  @Override
  boolean namesKinds() {
    return true;
  }

  @Override
  Maintenance narrowed(Maintenance all, String chosen) {
    return all.kindOrNew(chosen);
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    print(
        directory,
        new KindTable<>(maintenance.importFrom(file(), filter()), ImportReport::kind)
            .count("STORED", ImportReport::entries)
            .count("PRESENT", ImportReport::present)
            .count("EXPIRED", ImportReport::expired)
            .count("NO ROOM", ImportReport::noRoom)
            .count("OTHER KEY", ImportReport::otherKey));
  }
}
