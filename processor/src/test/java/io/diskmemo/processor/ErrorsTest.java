package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of errors in the documentation, and the code, say the same. */
class ErrorsTest {
  private static final Path LIST = Path.of("../docs/errors.md");
  private static final Pattern CODE = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final String HEAD = """
      package test;
      import io.diskmemo.annotations.*;
      import io.diskmemo.codec.*;
      import io.diskmemo.key.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      """;

  /** What no source can bring about. */
  private static final List<String> WITHOUT_EXAMPLE = List.of("BadOption", "Internal", "NoRuntime");

  /**
   * An error of the list.
   *
   * @param id without brackets and prefix
   * @param code the example and its correction, if it has them
   */
  private record Entry(String id, List<String> code) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String section : Files.readString(LIST).split("\n## DiskMemo-", -1)) {
      List<String> code =
          CODE.matcher(section).results().map(match -> match.group(1)).toList();
      entries.add(new Entry(section.lines().findFirst().orElseThrow(), code));
    }
    return entries.subList(1, entries.size());
  }

  private static List<Entry> entriesWithExamples() throws IOException {
    return entries().stream()
        .filter(entry -> !WITHOUT_EXAMPLE.contains(entry.id()))
        .toList();
  }

  @Test
  void everyErrorIsListedInAlphabeticalOrder() throws Exception {
    Object[] ids =
        Class.forName("io.diskmemo.processor.internal.validate.MistakeId").getEnumConstants();
    List<String> names =
        Stream.of(ids).map(id -> inWords(id.toString())).sorted().toList();

    assertThat(entries().stream().map(Entry::id)).containsExactlyElementsOf(names);
  }

  private static String inWords(String constant) {
    return Pattern.compile("([A-Z])([A-Z]*)_?")
        .matcher(constant)
        .replaceAll(word -> word.group(1) + word.group(2).toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("entriesWithExamples")
  void exampleGivesExactlyThisError(Entry entry) {
    for (int i = 0; i < entry.code().size(); i += 2) {
      List<String> messages = messages(entry.code().get(i));

      assertThat(messages).hasSize(1);
      assertThat(messages.get(0)).startsWith("[DiskMemo-" + entry.id() + "] ").contains("; ");
    }
  }

  @ParameterizedTest
  @MethodSource("entriesWithExamples")
  void correctionCompiles(Entry entry) {
    for (int i = 1; i < entry.code().size(); i += 2) {
      assertThat(messages(entry.code().get(i))).isEmpty();
    }
  }

  /** Errors, and those warnings that are ours. */
  private static List<String> messages(String code) {
    Compiled compiled = Compiled.of(HEAD + code);
    return Stream.concat(
            compiled.errors().stream(),
            compiled.warnings().stream().filter(warning -> warning.startsWith("[DiskMemo-")))
        .toList();
  }
}
