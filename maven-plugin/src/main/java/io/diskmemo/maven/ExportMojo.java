package io.diskmemo.maven;

import io.diskmemo.EvictionFilter;
import io.diskmemo.ExportReport;
import io.diskmemo.Maintenance;
import java.nio.file.Path;
import java.util.List;
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
    Path file = file();
    EvictionFilter filter = filter();
    List<ExportReport> exported =
        done(ExportReport.class, () -> maintenance.exportTo(file, filter));
    print(
        directory,
        new KindTable<>(exported, ExportReport::kind)
            .count("ENTRIES", ExportReport::entries)
            .count("DAMAGED", ExportReport::damaged));
  }
}
