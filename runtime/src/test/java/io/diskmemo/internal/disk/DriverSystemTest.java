package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.util.OSInfo;

class DriverSystemTest {
  private static final String MAPPED = "7f1c-7f1d r-xp 00000000 fe:00 26 ";

  @Test
  void theNameIsTheDrivers() throws Exception {
    assertThat(DriverSystem.ofThisProcess()).isEqualTo(OSInfo.getNativeLibFolderPathForCurrentOS());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/usr/lib/x86_64-linux-gnu/libc.so.6\n", "/lib/aarch64-linux-gnu/libc-2.31.so\n"})
  void glibcIsSeenByItsFile(String file) {
    assertThat(DriverSystem.isGlibc(MAPPED + file)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lib/ld-musl-x86_64.so.1\n",
        "/lib/libc.musl-x86_64.so.1\n",
        "/lib/ld-musl-x86_64.so.1\n" + MAPPED + "/lib/libc.so.6\n", // a layer that plays glibc
        "/apex/com.android.runtime/lib64/bionic/libc.so\n",
        ""
      })
  void everythingElseIsLeftToTheDriver(String files) {
    assertThat(DriverSystem.isGlibc(MAPPED + files)).isFalse();
  }
}
