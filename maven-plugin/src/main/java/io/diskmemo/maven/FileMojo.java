package io.diskmemo.maven;

import io.diskmemo.EvictionFilter;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal between a store and a file of entries. */
abstract class FileMojo extends StoreMojo {
  /** The file of entries. */
  @Parameter(property = "cache.file")
  @Nullable
  File file;

  /** Only entries with this tag. On the command line {@code -Dtag} does as well. */
  @Parameter(property = "cache.tag")
  @Nullable
  String tag;

  /**
   * Only results of this method, such as {@code com.example.Geocoder.locate}. On the command line
   * {@code -Dmethod} does as well.
   */
  @Parameter(property = "cache.method")
  @Nullable
  String method;

  private final String goal;

  FileMojo(String goal) {
    super(goal);
    this.goal = goal;
  }

  @Override
  final boolean selectsEntries() {
    return true;
  }

  @Override
  final void checkParameters() throws MojoFailureException {
    filter();
    file();
  }

  final Path file() throws MojoFailureException {
    if (file == null) {
      throw new MojoFailureException(
          goal + " does not know the file; give it with -Dcache.file=<path>");
    }
    return file.toPath();
  }

  final EvictionFilter filter() throws MojoFailureException {
    return new EvictionFilter(parameters().name("tag", tag), parameters().name("method", method));
  }
}
