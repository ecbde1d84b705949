package io.diskmemo.maven;

import io.diskmemo.ExportReport;
import io.diskmemo.Maintenance;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/** Writes the entries of a kind, tag or method, or all, to a file that only its owner can read. */
@Mojo(name = "export", requiresProject = false, aggregator = true, threadSafe = true)
public final class ExportMojo extends FileMojo {
  /** Made by Maven. */
  public ExportMojo() {
    super("cache:export");
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    print(
        directory,
        new KindTable<>(maintenance.exportTo(file(), filter()), ExportReport::kind)
            .count("ENTRIES", ExportReport::entries)
            .count("DAMAGED", ExportReport::damaged));
  }
}
