package io.diskmemo.processor.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("repository", "user", "id");

  @Test
  void fewEditsAreForgiven() {
    assertThat(Nearest.to("usr", NAMES)).contains("user");
    assertThat(Nearest.to("User", NAMES)).contains("user");
    assertThat(Nearest.to("repositories", NAMES)).contains("repository");
    assertThat(Nearest.to("idd", NAMES)).contains("id");
  }

  @Test
  void manyAreNot() {
    assertThat(Nearest.to("branch", NAMES)).isEmpty();
    assertThat(Nearest.to("xy", NAMES)).isEmpty();
    assertThat(Nearest.to("a", List.of())).isEmpty();
  }
}
