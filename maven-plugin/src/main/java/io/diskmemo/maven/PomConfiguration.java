package io.diskmemo.maven;

import java.util.Optional;
import org.apache.maven.plugin.MojoExecution;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * The goal's configuration as it is written. Maven hands a goal nothing at all for {@code
 * <tag>${release}</tag>} where the property is not set, as if no tag had been asked for.
 */
record PomConfiguration(@Nullable MojoExecution execution) {

  /** The expression that is written for a parameter and that has no value. */
  Optional<String> unset(String name, @Nullable Object value) {
    Xpp3Dom configuration = execution == null ? null : execution.getConfiguration();
    Xpp3Dom element = configuration == null ? null : configuration.getChild(name);
    String written = element == null ? null : element.getValue();
    return value != null || written == null || written.equals("${cache." + name + "}")
        ? Optional.empty()
        : Optional.of(written);
  }
}
