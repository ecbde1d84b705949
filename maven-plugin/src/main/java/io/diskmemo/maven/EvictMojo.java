package io.diskmemo.maven;

import io.diskmemo.EvictionFilter;
import io.diskmemo.EvictionReport;
import io.diskmemo.Maintenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Evicts the entries that have the tag, are of the kind and are results of the method; at least one of
 * the three is needed. Once it ends, no call that starts later in any process on the machine gets an
 * evicted value.
 */
@Mojo(name = "evict", requiresProject = false, aggregator = true, threadSafe = true)
public final class EvictMojo extends StoreMojo {
  /**
   * Only entries with this tag, such as {@code repo:42}. On the command line {@code -Dtag} does as
   * well.
   */
  @Parameter(property = "cache.tag")
  @Nullable
  String tag;

  /**
   * Only results of this method, such as {@code com.example.Geocoder.locate}, or with its parameter
   * types {@code com.example.Geocoder.locate(java.lang.String)}. On the command line {@code -Dmethod}
   * does as well.
   */
  @Parameter(property = "cache.method")
  @Nullable
  String method;

  /** Made by Maven. */
  public EvictMojo() {
    super("cache:evict");
  }

  @Override
  boolean selectsEntries() {
    return true;
  }

  @Override
  void checkParameters() throws MojoFailureException {
    if (filter().equals(EvictionFilter.all()) && parameters().name("kind", kind).isEmpty()) {
      throw new MojoFailureException("cache:evict does not know what to evict; give at least one of"
          + " -Dtag=<tag>, -Dkind=<kind> and -Dmethod=<method>, or use cache:clear");
    }
  }

  @Override
  void work(Maintenance maintenance, Path directory) throws MojoFailureException {
    EvictionFilter filter = filter();
    List<EvictionReport> evicted = done(EvictionReport.class, () -> maintenance.evict(filter));
    print(
        directory,
        new KindTable<>(evicted, EvictionReport::kind).count("EVICTED", EvictionReport::evicted));
    if (!hasComplaints()) {
      filter.method().ifPresent(name -> warnIfUnknown(name, maintenance));
    }
  }

  /** No error: it may not have been called yet. */
  private void warnIfUnknown(String name, Maintenance maintenance) {
    List<String> known = maintenance.methodNames();
    if (known.stream().noneMatch(one -> one.equals(name) || one.startsWith(name + "("))) {
      getLog()
          .warn("no result of a method \"" + name + "\" was ever stored"
              + maintenance
                  .nearestMethod(name)
                  .map(near -> "; did you mean \"" + near + "\"?")
                  .orElse(""));
    }
  }

  private EvictionFilter filter() throws MojoFailureException {
    Optional<String> ofTag = parameters().name("tag", tag);
    Optional<String> ofMethod = parameters().name("method", method);
    return new EvictionFilter(ofTag, ofMethod);
  }
}
