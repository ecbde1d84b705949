package io.diskmemo.maven;

import io.diskmemo.Maintenance;
import io.diskmemo.TagReport;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/** Lists the tags that entries have, with what has them. Changes nothing. */
@Mojo(name = "tags", requiresProject = false, aggregator = true, threadSafe = true)
public final class TagsMojo extends StoreMojo {
  /** Made by Maven. */
  public TagsMojo() {
    super("cache:tags");
  }

  @Override
  boolean changesStore() {
    return false;
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    List<TagReport> tags = done(TagReport.class, maintenance::tags);
    if (isFutile(tags)) {
      return;
    }
    Table table = new Table(
        List.of(Table.Align.LEFT, Table.Align.LEFT, Table.Align.RIGHT, Table.Align.RIGHT));
    table.row("KIND", "TAG", "ENTRIES", "SIZE");
    for (TagReport report : tags) {
      table.row(
          report.kind(),
          report.tag(),
          AmountText.count(report.entries()),
          AmountText.bytes(report.sizeBytes()));
    }
    print(directory, table.lines());
  }
}
