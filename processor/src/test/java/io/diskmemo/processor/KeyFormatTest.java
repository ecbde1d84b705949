package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.Profile;
import io.diskmemo.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrappers of the examples in docs/key-format.md make the keys that it says. */
class KeyFormatTest {
  private static final Path DOCUMENT = Path.of("../docs/key-format.md");
  private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern KEY = Pattern.compile("\nKey: `(\\w+)`");
  private static final Pattern WITH_SECRET =
      Pattern.compile("\nWith the secret `(.+?)` \\(ASCII\\): `(\\w+)`");

  private static final String MAIN = """
      package test;
      import example.*;
      import io.diskmemo.DiskMemo;
      import java.math.BigDecimal;
      import java.util.*;
      class Main {
        static Object run(DiskMemo memo) {
          List<String> keys = new ArrayList<>();
          new MemoizedGeocoder(memo).locate("NZ", "1 Queen St");
          add(memo, keys);
          new MemoizedShop(memo, Shop.Currency.NZD).price(
              Set.of(new Shop.Item("tea", 2), new Shop.Item("jam", null)),
              Optional.of(new BigDecimal("-1.50")), 1, 258);
          add(memo, keys);
          return keys;
        }
        static void add(DiskMemo memo, List<String> keys) {
          memo.kind("default").keys().map(Object::toString).filter(key -> !keys.contains(key))
              .findFirst().ifPresent(keys::add);
        }
      }
      """;

  @TempDir
  Path directory;

  @Test
  void wrappersOfTheExamplesMakeTheKeysThatTheDocumentSays() throws Throwable {
    String document = Files.readString(DOCUMENT);
    List<String> sources = new ArrayList<>(List.of(MAIN));
    sources.addAll(groups(CODE, document));
    Program program = Compiled.of(sources.toArray(String[]::new)).load();
    MatchResult secret = WITH_SECRET.matcher(document).results().findFirst().orElseThrow();
    Profile profile = Profile.builder()
        .keySecret(secret.group(1).getBytes(StandardCharsets.US_ASCII))
        .build();

    assertThat(program.run(settings("plain").build())).isEqualTo(groups(KEY, document));
    assertThat((List<?>) program.run(settings("secret").kind("default", profile).build()))
        .hasSize(2)
        .last()
        .isEqualTo(secret.group(2));
  }

  private static List<String> groups(Pattern pattern, String document) {
    return pattern.matcher(document).results().map(match -> match.group(1)).toList();
  }

  private Settings.Builder settings(String name) {
    return Settings.builder().directory(directory.resolve(name));
  }
}
