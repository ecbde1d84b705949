package io.diskmemo.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private static final Set<String> ALL_WORDS =
      Set.of("cache.kind", "cache.tag", "cache.method", "cache.dryRun", "cache.failOnRepair");

  private static Parameters given(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Parameters(properties, new PomConfiguration(null));
  }

  @Test
  void shortNameIsRead() throws Exception {
    assertThat(given("tag", "repo:42").name("tag", null)).contains("repo:42");
  }

  @Test
  void longNameWins() throws Exception {
    assertThat(given("tag", "a", "cache.tag", "b").name("tag", "b")).contains("b");
  }

  @Test
  void nothingGivenIsEmpty() throws Exception {
    assertThat(given().name("tag", null)).isEmpty();
  }

  @Test
  void blankLongNameIsAnErrorEvenBesideAShortOne() {
    assertThatThrownBy(() -> given("tag", "a", "cache.tag", " ").name("tag", null))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("cache.tag is blank; name a tag, or leave it out");
  }

  @Test
  void flagThatIsNeitherTrueNorFalseIsAnError() {
    assertThatThrownBy(() -> Parameters.flag("cache.dryRun", "yes"))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("cache.dryRun is \"yes\"; write true or false");
  }

  @ParameterizedTest
  @CsvSource({
    "cache.dryrun, cache.dryRun",
    "cache.dry-run, cache.dryRun",
    "dryRun, cache.dryRun",
    "tags, cache.tag",
    "cache.tags, cache.tag",
    "Kind, cache.kind",
    "cacheKind, cache.kind",
    "cache-kind, cache.kind",
    "cache_tags, cache.tag",
    "cache.methods, cache.method",
    "cache.dir, cache.directory",
    "cache.Skip, cache.skip",
    "cache.dryRunn, cache.dryRun",
    "cache.drRun, cache.dryRun",
    "cache.dyrRnu, cache.dryRun",
    "cache.tga, cache.tag",
    "cache.knid, cache.kind",
    "cache.metod, cache.method",
    "cache.directroy, cache.directory",
    "cache.bakcup, cache.backup",
    "cache.failOnRepairs, cache.failOnRepair",
    "failOnRepair, cache.failOnRepair"
  })
  void slipIsAnErrorThatNamesTheRightOne(String given, String meant) {
    assertThatThrownBy(() -> given(given, "x").refuseSlips(ALL_WORDS))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("-D" + given + " is no parameter; did you mean -D" + meant + "?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache.directory",
        "cache.kind",
        "cache.tag",
        "cache.method",
        "cache.skip",
        "cache.dryRun",
        "kind",
        "tag",
        "method",
        "skip",
        "directory",
        "file",
        "backup",
        "keep",
        "cache.file",
        "cache.backup",
        "cache.keep",
        "skipTests",
        "cache.failOnRepair",
        "cache.other",
        "cache.ttl",
        "cache.size",
        "cache.url",
        "cache.enabled",
        "cacheDir",
        "cache.control",
        "cache.provider",
        "cached.tga",
        "revision"
      })
  void rightNamesAndThoseOfOthersAreNoSlips(String name) {
    assertThatCode(() -> given(name, "x").refuseSlips(ALL_WORDS)).doesNotThrowAnyException();
  }

  /** Such as the groups of a test runner, and the dry run of a release. */
  @ParameterizedTest
  @ValueSource(strings = {"tags", "dryRun", "methods", "Kind", "cacheDir"})
  void namesOfOtherPluginsAreNoSlipsWhereNothingCanBeRemoved(String name) {
    assertThatCode(() -> given(name, "x").refuseSlips(Set.of())).doesNotThrowAnyException();
  }
}
