package io.diskmemo.processor.internal.validate;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;

/** The kinds that have settings in a {@code diskmemo.properties} that the compiler sees. */
final class DeclaredKinds {
  private static final String FILE = "diskmemo.properties";
  private static final Pattern SETTING = Pattern.compile("diskmemo\\.kind\\.([^.]+)\\..+");

  private final Set<String> names = new TreeSet<>();

  DeclaredKinds(Filer filer) {
    read(filer, StandardLocation.CLASS_OUTPUT);
    read(filer, StandardLocation.SOURCE_PATH);
    read(filer, StandardLocation.CLASS_PATH);
  }

  /** A file that is not there, or not to be read, declares nothing. */
  private void read(Filer filer, StandardLocation location) {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(
          filer.getResource(location, "", FILE).getCharContent(true).toString()));
      properties.stringPropertyNames().forEach(this::note);
    } catch (IOException | RuntimeException e) {
      return; // none there
    }
  }

  private void note(String setting) {
    Matcher matcher = SETTING.matcher(setting);
    if (matcher.matches()) {
      names.add(matcher.group(1));
    }
  }

  /** Names in alphabetical order. */
  Set<String> names() {
    return names;
  }
}
