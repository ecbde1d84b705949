package io.diskmemo.maven;

import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Lists the goals and their parameters, with an example of each.
 *
 * <p>Written by hand, because the goal that maven-plugin-plugin generates has no examples and shows
 * parameters only if it is asked twice.
 */
@Mojo(name = "help", requiresProject = false, aggregator = true, threadSafe = true)
public final class HelpMojo extends AbstractMojo {
  /** Made by Maven. */
  public HelpMojo() {}

  @Override
  public void execute() {
    table().lines().forEach(getLog()::info);
  }

  static Table table() {
    Table table = new Table(List.of(Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT));
    table.row("GOAL", "WHAT IT DOES", "EXAMPLE");
    table.row("cache:maintain", "expire, cull, check, compact, back up", "mvn cache:maintain");
    table.row(
        "cache:evict", "remove entries by tag, kind and method", "mvn cache:evict -Dtag=repo:42");
    table.row("cache:clear", "remove everything, or one whole kind", "mvn cache:clear -Dkind=geo");
    table.row("cache:stats", "show sizes, hits, time saved and settings", "mvn cache:stats");
    table.row("cache:tags", "show the tags and what has them", "mvn cache:tags -Dkind=geo");
    table.row("cache:check", "check every entry and remove the damaged", "mvn cache:check");
    table.row("cache:backup", "make a backup, beside applications", "mvn cache:backup");
    table.row("cache:restore", "put a backup in place of what is there", "mvn cache:restore");
    table.row("cache:export", "write entries to a file", "mvn cache:export -Dcache.file=geo.dmx");
    table.row(
        "cache:import", "store the entries of a file", "mvn cache:import -Dcache.file=geo.dmx");
    table.row("cache:help", "show this", "mvn cache:help");
    table.row();
    table.row("PARAMETER", "WHAT IT SAYS", "EXAMPLE");
    table.row(
        "cache.directory",
        "the store; by default the nearest .diskmemo",
        "-Dcache.directory=/var/cache/geo");
    table.row("cache.kind, kind", "this kind only", "-Dkind=geo");
    table.row("cache.tag, tag", "entries with this tag (evict, export, import)", "-Dtag=repo:42");
    table.row(
        "cache.method, method",
        "results of this method (evict, export, import)",
        "-Dmethod=com.example.Geocoder.locate");
    table.row("cache.file", "the file of entries (export, import)", "-Dcache.file=geo.dmx");
    table.row("cache.backup", "false: make no backup (maintain)", "-Dcache.backup=false");
    table.row(
        "cache.backup",
        "this backup, not the newest (restore)",
        "-Dcache.backup=20261121T060000Z-1");
    table.row("cache.keep", "how many backups are kept (backup, maintain)", "-Dcache.keep=5");
    table.row(
        "cache.failOnRepair", "fail also if a kind was repaired (check)", "-Dcache.failOnRepair");
    table.row("cache.dryRun", "only show what would be done", "-Dcache.dryRun");
    table.row("cache.skip", "do nothing", "-Dcache.skip");
    return table;
  }
}
