package io.diskmemo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsInReadmeTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(?:diskmemo\\.kind\\.geo|\\.\\.\\.)\\.([a-z-]+)` \\|");

  @Test
  void tableHasEverySettingThatAFileCanState() throws Exception {
    Set<String> listed = new TreeSet<>();
    ROW.matcher(Files.readString(Path.of("../README.md")))
        .results()
        .forEach(row -> listed.add(row.group(1)));

    assertThat(listed)
        .containsExactlyElementsOf(ProfileSetting.textOf(Profile.defaults()).keySet());
  }
}
