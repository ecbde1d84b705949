package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.DiskMemoException;
import io.diskmemo.Profile;
import io.diskmemo.Settings;
import io.diskmemo.StoreException;
import io.diskmemo.testkit.Stores;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that opens what an application made. */
class ToolTest {
  @TempDir
  Path temporary;

  @Test
  void toolMakesNoStore() {
    Path missing = temporary.resolve("missing");

    assertThatThrownBy(() -> openAsATool(missing))
        .isInstanceOfSatisfying(StoreException.class, e -> {
          assertThat(e.operation()).isEqualTo("open the directory");
          assertThat(e.isTransient()).isFalse();
        })
        .isInstanceOf(DiskMemoException.class)
        .hasMessageContaining("there is no directory " + missing);
    assertThat(missing).doesNotExist();
  }

  @Test
  void toolGoesByTheProfileThatTheApplicationUsed() {
    Profile profile = Profile.builder().sizeLimit(5_000).ttl(Duration.ofDays(1)).build();
    try (DiskMemo application = Stores.open(temporary, profile)) {
      application.kind("default").put("k", 1);
      try (DiskMemo tool = openAsATool(temporary)) {
        assertThat(tool.maintenance().stats().get(0).sizeLimitBytes()).isEqualTo(5_000);
        assertThat(tool.maintenance().run().get(0).entries()).isEqualTo(1);
        assertThat(tool.maintenance().clear().get(0).evicted()).isEqualTo(1);
      }
      assertThat(application.kind("default").contains("k")).isFalse();
    }
    try (DiskMemo tool = openAsATool(temporary)) {
      assertThat(tool.kind("default").stats().sizeLimitBytes()).isEqualTo(5_000);
    }
  }

  private static DiskMemo openAsATool(Path directory) {
    return DiskMemo.open(Settings.builder().directory(directory).mustExist(true).build());
  }
}
