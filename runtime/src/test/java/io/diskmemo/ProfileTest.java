package io.diskmemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
  private static final Profile CHANGED = Profile.builder()
      .sizeLimit(1_000_000)
      .cullLimit(3)
      .evictionPolicy(EvictionPolicy.NONE)
      .ttl(Duration.ofDays(30))
      .memoryLimit(0)
      .maxEntrySize(999)
      .statistics(false)
      .timeout(Duration.ofMillis(1500))
      .synchronous(Synchronous.FULL)
      .earlyRefresh(1.5)
      .staleWhileRefreshing(Duration.ofMinutes(5))
      .staleIfError(Duration.ofDays(2))
      .lockTtl(Duration.ofMillis(250))
      .lockWait(Duration.ofHours(24))
      .minFileSize(4096)
      .tagIndex(false)
      .shards(4)
      .journalMode(JournalMode.DELETE)
      .mmapSize(1 << 20)
      .breakerFailures(5)
      .breakerPause(Duration.ofSeconds(7))
      .networkFileSystem(true)
      .build();

  @Test
  void defaultsAreThoseOfTheDesign() {
    Profile defaults = Profile.defaults();

    assertThat(defaults.sizeLimit()).isEqualTo(1L << 30);
    assertThat(defaults.cullLimit()).isEqualTo(10);
    assertThat(defaults.evictionPolicy()).isEqualTo(EvictionPolicy.LEAST_RECENTLY_STORED);
    assertThat(defaults.ttl()).isEmpty();
    assertThat(defaults.memoryLimit()).isEqualTo(64L << 20);
    assertThat(defaults.maxEntrySize()).isEqualTo(1L << 27);
    assertThat(defaults.statistics()).isTrue();
    assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(defaults.synchronous()).isEqualTo(Synchronous.NORMAL);
    assertThat(defaults.earlyRefresh()).isZero();
    assertThat(defaults.staleWhileRefreshing()).isZero();
    assertThat(defaults.staleIfError()).isZero();
    assertThat(defaults.lockTtl()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults.lockWait()).isEqualTo(Duration.ofSeconds(60));
    assertThat(defaults.minFileSize()).isEqualTo(65536);
    assertThat(defaults.tagIndex()).isTrue();
    assertThat(defaults.shards()).isEqualTo(1);
    assertThat(defaults.journalMode()).isEqualTo(JournalMode.WAL);
    assertThat(defaults.mmapSize()).isEqualTo(0);
    assertThat(defaults.breakerFailures()).isEqualTo(3);
    assertThat(defaults.breakerPause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(defaults.networkFileSystem()).isFalse();
  }

  @Test
  void largestEntryFollowsTheSizeLimitUnlessItIsSet() {
    assertThat(Profile.builder().sizeLimit(800).build().maxEntrySize()).isEqualTo(100);
    assertThat(CHANGED.toBuilder().sizeLimit(2_000_000).build().maxEntrySize()).isEqualTo(999);
  }

  @ParameterizedTest
  @EnumSource
  void everySettingSurvivesItsText(ProfileSetting setting) {
    Profile.Builder read = Profile.builder();
    setting.apply(read, setting.text(CHANGED));
    Profile.Builder unchanged = Profile.builder();
    setting.apply(unchanged, setting.text(Profile.defaults()));

    assertThat(setting.text(read.build())).isEqualTo(setting.text(CHANGED));
    assertThat(setting.text(CHANGED)).isNotEqualTo(setting.text(Profile.defaults()));
    assertThat(ProfileSetting.textOf(unchanged.build()))
        .isEqualTo(ProfileSetting.textOf(Profile.defaults()));
  }

  /** "No limit" was a setting that no tool could read. */
  @Test
  void largestSizesSurviveTheirText() {
    Profile largest = Profile.builder()
        .sizeLimit(Long.MAX_VALUE)
        .maxEntrySize(Long.MAX_VALUE)
        .memoryLimit(Long.MAX_VALUE)
        .minFileSize(Long.MAX_VALUE)
        .mmapSize(Long.MAX_VALUE)
        .ttl(Duration.ofSeconds(Long.MAX_VALUE))
        .build();

    assertThat(ProfileSetting.textOf(ProfileSetting.profileOf(ProfileSetting.textOf(largest))))
        .isEqualTo(ProfileSetting.textOf(largest));
  }

  @Test
  void copyOfAProfileHasAllItsSettings() {
    assertThat(ProfileSetting.textOf(CHANGED.toBuilder().build()))
        .isEqualTo(ProfileSetting.textOf(CHANGED));
    assertThat(ProfileSetting.textOf(ProfileSetting.profileOf(ProfileSetting.textOf(CHANGED))))
        .isEqualTo(ProfileSetting.textOf(CHANGED));
    assertThat(CHANGED.toBuilder().ttlNever().build().ttl()).isEmpty();
  }

  @Test
  void impossibleValuesAreRefusedByName() {
    assertRefused("sizeLimit is 0", builder -> builder.sizeLimit(0));
    assertRefused("minFileSize is 0", builder -> builder.minFileSize(0));
    assertRefused("shards is 0", builder -> builder.shards(0));
    assertRefused("shards is 65; give a number from 1 to 64", builder -> builder.shards(65));
    assertRefused("mmapSize is -1", builder -> builder.mmapSize(-1));
    assertRefused("cullLimit is -1", builder -> builder.cullLimit(-1));
    assertRefused("ttl is PT0S", builder -> builder.ttl(Duration.ZERO));
    assertRefused(
        "ttl is PT0.000999999S, so that nothing would ever be found",
        builder -> builder.ttl(Duration.ofNanos(999_999)));
    assertRefused("memoryLimit is -1", builder -> builder.memoryLimit(-1));
    assertRefused("maxEntrySize is 0", builder -> builder.maxEntrySize(0));
    assertRefused("timeout is PT-1S", builder -> builder.timeout(Duration.ofSeconds(-1)));
    assertRefused("earlyRefresh is -1.0;", builder -> builder.earlyRefresh(-1));
    assertRefused("earlyRefresh is NaN;", builder -> builder.earlyRefresh(Double.NaN));
    assertRefused(
        "staleIfError is PT-1S;", builder -> builder.staleIfError(Duration.ofSeconds(-1)));
    assertRefused(
        "staleWhileRefreshing is PT-1S;",
        builder -> builder.staleWhileRefreshing(Duration.ofSeconds(-1)));
    assertRefused(
        "lockTtl is PT0.099S; give at least 100 ms",
        builder -> builder.lockTtl(Duration.ofMillis(99)));
    assertRefused("lockWait is PT0S", builder -> builder.lockWait(Duration.ZERO));
  }

  /** They overflowed, and the callers of methods got the exception. */
  @Test
  void waitsBeyondADayAreRefused() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

    assertRefused("give at most a day", builder -> builder.lockWait(forEver));
    assertRefused("give at most a day", builder -> builder.timeout(Duration.ofDays(30)));
    assertRefused("lockTtl is PT2562047788015215H30M7S;", builder -> builder.lockTtl(forEver));
  }

  @Test
  void largestEntryAboveTheSizeLimitIsRefused() {
    assertThatThrownBy(() -> Profile.builder().sizeLimit(10).maxEntrySize(11).build())
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("maxEntrySize is 11, more than sizeLimit, which is 10; make it smaller");
  }

  private static void assertRefused(String message, UnaryOperator<Profile.Builder> change) {
    assertThatThrownBy(() -> change.apply(Profile.builder()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "geo_x", "1geo", "-geo", "geo/..", "..", "ge o", "nul", "com1", "géo"})
  void namesThatAreNoDirectoryEverywhereAreNoNamesOfKinds(String name) {
    assertThatThrownBy(() -> Settings.builder().kind(name, CHANGED))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("\"" + name + "\" is");
  }

  @Test
  void namesOfKindsHaveUpTo64Characters() {
    for (String name : List.of("a", "geo-2", "com10", "a".repeat(64))) {
      assertThat(KindNames.require(name)).isEqualTo(name);
    }
    assertThatThrownBy(() -> KindNames.require("a".repeat(65)))
        .isInstanceOf(InvalidSettingException.class);
  }
}
