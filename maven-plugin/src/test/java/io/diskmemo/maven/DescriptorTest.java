package io.diskmemo.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The descriptor that Maven reads, and the help, which must not fall behind it. */
class DescriptorTest {
  private static final String HELP = String.join("\n", HelpMojo.table().lines());

  /** A row of the help, with the goals in brackets if not all have the parameter. */
  private static final Pattern PARAMETER =
      Pattern.compile("^cache\\.([a-zA-Z]+)[^(]*(?:\\(([a-z, ]+)\\))?");

  /** Of those that the design names, {@code explain} and {@code report} are not built yet. */
  @Test
  void goalsAreTheseEleven() throws Exception {
    assertThat(mojos().map(mojo -> text(mojo, "goal")))
        .containsExactlyInAnyOrder(
            "backup",
            "check",
            "clear",
            "evict",
            "export",
            "help",
            "import",
            "maintain",
            "restore",
            "stats",
            "tags");
  }

  @Test
  void everyGoalRunsOnceAndWithoutAProject() throws Exception {
    assertThat(mojos()).allSatisfy(mojo -> {
      assertThat(text(mojo, "requiresProject")).isEqualTo("false");
      assertThat(text(mojo, "aggregator")).isEqualTo("true");
      assertThat(text(mojo, "threadSafe")).isEqualTo("true");
    });
  }

  @Test
  void everyGoalAndParameterIsDescribed() throws Exception {
    assertThat(mojos()).allSatisfy(mojo -> {
      assertThat(text(mojo, "description")).isNotBlank();
      assertThat(elements(mojo, "parameter"))
          .allSatisfy(parameter -> assertThat(text(parameter, "description")).isNotBlank());
    });
  }

  @Test
  void helpHasEveryGoalAndParameter() throws Exception {
    assertThat(mojos()).allSatisfy(mojo -> {
      assertThat(HELP).contains("cache:" + text(mojo, "goal") + " ");
      assertThat(elements(mojo, "parameter"))
          .filteredOn(parameter -> text(parameter, "editable").equals("true"))
          .allSatisfy(parameter -> assertThat(HELP).contains("cache." + text(parameter, "name")));
    });
  }

  @Test
  void helpSaysOfEachParameterWhichGoalsHaveIt() throws Exception {
    Map<String, Set<String>> described = new TreeMap<>();
    mojos()
        .forEach(mojo -> elements(mojo, "parameter").stream()
            .filter(parameter -> text(parameter, "editable").equals("true"))
            .forEach(parameter -> described
                .computeIfAbsent(text(parameter, "name"), name -> new TreeSet<>())
                .add(text(mojo, "goal"))));
    Set<String> all = mojos()
        .map(mojo -> text(mojo, "goal"))
        .filter(goal -> !goal.equals("help"))
        .collect(Collectors.toCollection(TreeSet::new));
    Map<String, Set<String>> shown = new TreeMap<>();
    for (String line : HelpMojo.table().lines()) {
      Matcher row = PARAMETER.matcher(line);
      if (row.find()) {
        shown
            .computeIfAbsent(row.group(1), name -> new TreeSet<>())
            .addAll(row.group(2) == null ? all : List.of(row.group(2).split(", ")));
      }
    }

    assertThat(shown).isEqualTo(described);
  }

  @Test
  void helpFitsOnAScreen() {
    assertThat(HelpMojo.table().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
  }

  private static Stream<Element> mojos() throws Exception {
    try (InputStream in = HelpMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      Element plugin =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
      return elements(plugin, "mojo").stream();
    }
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static String text(Element parent, String name) {
    return elements(parent, name).get(0).getTextContent();
  }
}
