package io.diskmemo.maven;

import io.diskmemo.EvictionReport;
import io.diskmemo.Maintenance;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Evicts everything, from one kind or from all. Once it ends, no call that starts later in any process
 * on the machine gets an evicted value.
 */
@Mojo(name = "clear", requiresProject = false, aggregator = true, threadSafe = true)
public final class ClearMojo extends StoreMojo {
  /** Made by Maven. */
  public ClearMojo() {
    super("cache:clear");
  }

  @Override
  boolean empties() {
    return true;
  }

  @Override
  String wayOutOf(String selector, String value) {
    return "use cache:evict -D" + selector + "=" + value;
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    print(
        directory,
        new KindTable<>(done(EvictionReport.class, maintenance::clear), EvictionReport::kind)
            .count("EVICTED", EvictionReport::evicted));
  }
}
