package io.diskmemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.SettingsReader.Source;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  @TempDir
  Path working;

  private Settings read(Source... sources) {
    return new SettingsReader(Arrays.asList(sources), working).read();
  }

  private static Source file(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    Source all = SettingsReader.fromSystemProperties(properties);
    return new Source("the file", all.values());
  }

  private Profile geo(String setting, String value) {
    return read(file("diskmemo.kind.geo." + setting, value)).profile("geo");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "12B, 12",
    "3 KB, 3000",
    "4MB, 4000000",
    "5GB, 5000000000",
    "2KiB, 2048",
    "3MiB, 3145728",
    "1 GiB, 1073741824",
    "' 7 ', 7"
  })
  void sizesAreNumbersWithUnits(String text, long bytes) {
    assertThat(geo("size-limit", text).sizeLimit()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "1.5GB",
        "1kb",
        "1 TB",
        "0",
        "9999999999999999999",
        "99999999999999999999",
        "999999999999GiB"
      })
  void otherSizesAreErrorsThatNamePlaceAndKey(String text) {
    assertBad("diskmemo.kind.geo.size-limit", text);
  }

  @ParameterizedTest
  @CsvSource({
    "1500ms, PT1.5S",
    "90s, PT90S",
    "15m, PT15M",
    "12 h, PT12H",
    "1d, PT24H",
    "PT15M, PT15M"
  })
  void durationsAreNumbersWithUnitsOrIso(String text, Duration duration) {
    assertThat(geo("timeout", text).timeout()).isEqualTo(duration);
    assertThat(geo("ttl", text).ttl()).contains(duration);
    assertThat(geo("lock-wait", text).lockWait()).isEqualTo(duration);
  }

  @Test
  void timeToLiveMayBeWeeksOrNever() {
    assertThat(geo("ttl", "4w").ttl()).contains(Duration.ofDays(28));
    assertThat(geo("ttl", "never").ttl()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "5 minutes",
        "-5s",
        "0s",
        "PT-5M",
        "1y",
        "999999999999999999w",
        "9999999999999999999s",
        "ever"
      })
  void otherDurationsAreErrorsThatNamePlaceAndKey(String text) {
    assertBad("diskmemo.kind.geo.ttl", text);
  }

  @Test
  void otherSettingsHaveTheirSyntax() {
    assertThat(geo("cull-limit", "0").cullLimit()).isZero();
    assertThat(geo("memory-limit", "0").memoryLimit()).isZero();
    assertThat(geo("max-entry-size", "1 MiB").maxEntrySize()).isEqualTo(1 << 20);
    assertThat(geo("statistics", "off").statistics()).isFalse();
    assertThat(geo("statistics", "true").statistics()).isTrue();
    assertThat(geo("eviction-policy", "none").evictionPolicy()).isEqualTo(EvictionPolicy.NONE);
    assertThat(geo("eviction-policy", "least-recently-stored").evictionPolicy())
        .isEqualTo(EvictionPolicy.LEAST_RECENTLY_STORED);
    assertThat(geo("synchronous", "FULL").synchronous()).isEqualTo(Synchronous.FULL);
  }

  @Test
  void otherValuesAreErrorsThatNamePlaceAndKey() {
    assertBad("diskmemo.kind.geo.cull-limit", "ten");
    assertBad("diskmemo.kind.geo.cull-limit", "-1");
    assertBad("diskmemo.kind.geo.statistics", "yes");
    assertBad("diskmemo.kind.geo.eviction-policy", "lru");
    assertBad("diskmemo.kind.geo.synchronous", "off");
    assertBad("diskmemo.kind.Geo.ttl", "1d");
    assertBad("diskmemo.kind.a.b.ttl", "1d");
    assertBad("diskmemo.directory", "\0");
    assertBad("diskmemo.directory", " ");
  }

  private void assertBad(String key, String value) {
    assertThatThrownBy(() -> read(file(key, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(key + " in the file: ");
  }

  @Test
  void settingsThatContradictEachOtherNameTheirKind() {
    assertThatThrownBy(() -> read(
            file("diskmemo.kind.geo.max-entry-size", "1GB"),
            file("diskmemo.kind.geo.size-limit", "1MB")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("geo")
        .hasMessageContaining("maxEntrySize is 1000000000, more than sizeLimit");
  }

  @ParameterizedTest
  @CsvSource({
    "diskmemo.kind.geo.size-limt, diskmemo.kind.geo.size-limit",
    "diskmemo.kind.geo.sizeLimit, diskmemo.kind.geo.size-limit",
    "diskmemo.kind.geo.tl, diskmemo.kind.geo.ttl",
    "diskmemo.directoy, diskmemo.directory"
  })
  void unknownNameIsAnErrorWithTheNearestRightOne(String key, String near) {
    assertThatThrownBy(() -> read(file(key, "1")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(key + " in the file is no setting; did you mean " + near + "?");
  }

  @Test
  void unknownVariableIsNamedAsItStandsInTheEnvironment() {
    assertThatThrownBy(() ->
            read(SettingsReader.fromEnvironment(Map.of("DISKMEMO_KIND_GEO_SIZE_LIMT", "1MB"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("DISKMEMO_KIND_GEO_SIZE_LIMT")
        .hasMessageContaining("the environment");
  }

  @Test
  void laterSourcesWinASettingAtATime() {
    Settings settings = read(
        file("diskmemo.kind.geo.ttl", "1d", "diskmemo.kind.geo.size-limit", "1MB"),
        file("diskmemo.kind.geo.ttl", "2d", "diskmemo.directory", "one"),
        file("diskmemo.directory", "two", "diskmemo.kind.other.ttl", "3d"));

    assertThat(settings.profile("geo").ttl()).contains(Duration.ofDays(2));
    assertThat(settings.profile("geo").sizeLimit()).isEqualTo(1_000_000);
    assertThat(settings.profile("other").ttl()).contains(Duration.ofDays(3));
    assertThat(settings.profile("unnamed").ttl()).isEmpty();
    assertThat(settings.directory()).isEqualTo(working.resolve("two"));
  }

  @Test
  void environmentHasItsOwnNames() {
    Settings settings = read(SettingsReader.fromEnvironment(Map.of(
        "DISKMEMO_DIRECTORY", "/var/cache/x",
        "DISKMEMO_KIND_GEO_SIZE_LIMIT", "5MB",
        "DISKMEMO_KIND_MY_OWN_KIND_LOCK_WAIT", "5s",
        "PATH", "/bin")));

    assertThat(settings.directory()).isEqualTo(Path.of("/var/cache/x"));
    assertThat(settings.profile("geo").sizeLimit()).isEqualTo(5_000_000);
    assertThat(settings.profile("my-own-kind").lockWait()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void everySettingHasAVariable() {
    List<String> missing = new ArrayList<>();
    for (ProfileSetting setting : ProfileSetting.values()) {
      Source source =
          SettingsReader.fromEnvironment(Map.of("DISKMEMO_KIND_A_B_" + setting.name(), "1"));
      if (!source.values().containsKey("diskmemo.kind.a-b." + setting.key())) {
        missing.add(setting.name());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void systemPropertiesOfOthersAreLeftAlone() {
    Properties properties = new Properties();
    properties.setProperty("java.version", "17");
    properties.setProperty("diskmemo.kind.geo.ttl", "1h");

    assertThat(
            read(SettingsReader.fromSystemProperties(properties)).profile("geo").ttl())
        .contains(Duration.ofHours(1));
  }

  @Test
  void fileIsReadAsUtf8AndEverythingInItMustBeKnown() throws Exception {
    Path file = working.resolve(SettingsReader.FILE);
    assertThat(SettingsReader.fromFile(file)).isEmpty();
    Files.writeString(file, "diskmemo.directory=日本\n", StandardCharsets.UTF_8);
    assertThat(read(SettingsReader.fromFile(file).orElseThrow()).directory())
        .isEqualTo(working.resolve("日本"));

    Files.writeString(file, "diskmeno.directory=x\n");
    assertThatThrownBy(() -> read(SettingsReader.fromFile(file).orElseThrow()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(file + " is no setting; did you mean diskmemo.directory?");
    Files.write(file, new byte[] {(byte) 0xFF, '='});
    assertThatThrownBy(() -> SettingsReader.fromFile(file))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(file + " cannot be read");
  }

  @Test
  void fileOnTheClassPathIsReadLikeAnyOther() throws Exception {
    Path file = working.resolve(SettingsReader.FILE);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {working.toUri().toURL()}, null)) {
      thread.setContextClassLoader(loader);
      Files.writeString(file, "diskmemo.kind.geo.ttl=3h\n");
      assertThat(Settings.load().profile("geo").ttl()).contains(Duration.ofHours(3));

      Files.writeString(file, "diskmemo.directory=/var/cache/münchen\n");
      assertThat(Settings.load().directory()).isEqualTo(Path.of("/var/cache/münchen"));

      Files.writeString(file, "diskmeno.kind.geo.ttl=3h\n");
      assertThatThrownBy(Settings::load)
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("diskmeno.kind.geo.ttl in file:");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void directoryIsTheNearestAboveOrANewOne() throws Exception {
    Path deep = Files.createDirectories(working.resolve("a/b/c"));
    SettingsReader reader = new SettingsReader(List.of(), deep);
    Files.createDirectories(working.resolve("a/.diskmemo"));
    assertThat(reader.read().directory()).isEqualTo(working.resolve("a/.diskmemo"));

    Files.createDirectories(deep.resolve(".diskmemo"));
    assertThat(reader.read().directory()).isEqualTo(deep.resolve(".diskmemo"));
    Files.delete(deep.resolve(".diskmemo"));
    Files.delete(working.resolve("a/.diskmemo"));
    assertThat(reader.read().directory()).isEqualTo(deep.resolve(".diskmemo"));
  }

  /** The blank at the end of the line became part of the name. */
  @Test
  void blanksAroundADirectoryAreNoPartOfItsName() {
    assertThat(read(file("diskmemo.directory", "cache ")).directory())
        .isEqualTo(working.resolve("cache"));
  }
}
