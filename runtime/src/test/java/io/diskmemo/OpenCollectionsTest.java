package io.diskmemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.SettingsReader.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which settings a persistent collection goes by. */
class OpenCollectionsTest {
  private static Settings file(String... keysAndValues) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("diskmemo.kind.jobs." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new SettingsReader(List.of(new Source("the file", values)), Path.of("")).read();
  }

  private static Profile of(Settings settings) {
    return OpenCollections.profile(settings, "jobs");
  }

  @Test
  void nothingStatedIsPatientAndDurable() {
    Profile profile = of(Settings.builder().build());
    assertThat(profile.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(profile.synchronous()).isEqualTo(Synchronous.FULL);
  }

  /** Whoever states one setting does not give up the other. */
  @Test
  void fileStatesWhatItNames() {
    Profile patient = of(file("timeout", "30s"));
    assertThat(patient.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(patient.synchronous()).isEqualTo(Synchronous.FULL);

    Profile quick = of(file("synchronous", "normal", "eviction-policy", "none", "ttl", "never"));
    assertThat(quick.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(quick.synchronous()).isEqualTo(Synchronous.NORMAL);
  }

  @Test
  void profileOfTheProgramIsTakenWhole() {
    Profile profile = of(Settings.builder().kind("jobs", Profile.defaults()).build());
    assertThat(profile.timeout()).isEqualTo(Profile.defaults().timeout());
    assertThat(profile.synchronous()).isEqualTo(Synchronous.NORMAL);
  }

  @Test
  void whatIsForKindsIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> of(file("eviction-policy", "least-recently-stored")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("eviction-policy of jobs (the file");
    assertThatThrownBy(() -> of(file("ttl", "5m"))).hasMessageStartingWith("ttl of jobs");
    assertThatThrownBy(() -> of(file("shards", "2"))).hasMessageStartingWith("shards of jobs");
  }
}
