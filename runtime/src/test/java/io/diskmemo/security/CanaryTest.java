package io.diskmemo.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.multiprocess.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A string that is an argument, and of no result and no tag, is in no file and no line of the log after
 * calls by every way.
 */
class CanaryTest {
  static final String CANARY = "Kanarienvogel-4711";
  static final String IN_A_TAG = "Zaunkoenig-0815";

  @TempDir
  Path temporary;

  @Test
  void noArgumentIsInAFileOrInTheLog() throws Exception {
    Path recording = temporary.resolve("events.jfr");
    List<String> printed;
    String log;
    try (ChildJvm child = ChildJvm.startUnder(
        List.of("env", "_JAVA_OPTIONS=-Dorg.slf4j.simpleLogger.log.io.diskmemo=trace"),
        CanaryCalls.class,
        temporary.resolve("store"),
        recording)) {
      printed = child.success();
      log = child.complaints();
    }
    assertThat(log).as("the log of the library is on").contains("io.diskmemo");

    assertThat(printed).containsExactly("all calls were right");
    assertThat(traces(CANARY, log.getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(recording).isNotEmptyFile();
    Map<Path, List<String>> found = new TreeMap<>();
    Map<Path, List<String>> tagged = new TreeMap<>();
    try (Stream<Path> all = Files.walk(temporary)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        note(found, file, CANARY);
        note(tagged, file, IN_A_TAG);
      }
    }
    assertThat(found).isEmpty();
    assertThat(tagged).as("tags are in clear, and this test can see them").isNotEmpty();
  }

  private static void note(Map<Path, List<String>> found, Path file, String text)
      throws IOException {
    List<String> traces = traces(text, Files.readAllBytes(file));
    if (!traces.isEmpty()) {
      found.put(file, traces);
    }
  }

  /** In which encodings the bytes hold a text. */
  private static List<String> traces(String text, byte[] bytes) {
    String content = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(utf8);
    Map<String, String> forms = new TreeMap<>(Map.of(
        "utf8", text,
        "utf16le", latin(text.getBytes(StandardCharsets.UTF_16LE)),
        "utf16be", latin(text.getBytes(StandardCharsets.UTF_16BE)),
        "hex", hex,
        "HEX", hex.toUpperCase(Locale.ROOT)));
    for (int shift = 0; shift < 3; shift++) { // where in a longer text it may begin
      byte[] shifted = new byte[utf8.length + shift];
      System.arraycopy(utf8, 0, shifted, shift, utf8.length);
      String base64 = Base64.getEncoder().encodeToString(shifted);
      forms.put("base64/" + shift, base64.substring(4, base64.length() - 4));
    }
    return forms.entrySet().stream()
        .filter(form -> content.contains(form.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
