package io.diskmemo.it.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Classes that a new JVM loads until its first hit, beyond those of an empty program. Of three starts the
 * one with the fewest counts: on a slow machine what looks after the disk may begin before the hit.
 */
class LoadedClassesTest {
  /** 1,829 on JDK 17, and 16 for smaller classes of the store; 1,656 before disks were watched. */
  private static final int MOST = 1_966;

  /**
   * When set, 366: seven more since hits do without a result set, four since whoever writes to a mapped page asks
   * first, one for the codec of a single value, and one that closes connections; 246 before disks were watched.
   */
  private static final int MOST_OF_OURS = 366;

  /** A digest: when set, 71 of providers and none of ciphers. */
  private static final int MOST_OF_SECURITY = 85;

  @TempDir
  private Path directory;

  private List<String> loaded = List.of();

  @BeforeEach
  void load() throws IOException {
    Path store = directory.resolve("store");
    Jvm.with().run(FirstHit.class, store, "computed");
    Set<String> empty = new HashSet<>(names(Empty.class));
    loaded = Collections.min(
        List.of(beyond(empty, store), beyond(empty, store), beyond(empty, store)),
        Comparator.comparingInt(List::size));
  }

  private List<String> beyond(Set<String> empty, Path store) throws IOException {
    return names(FirstHit.class, store, "hit").stream()
        .filter(name -> !empty.contains(name))
        .toList();
  }

  @Test
  void untilTheFirstHit() {
    assertThat(loaded).contains("io.diskmemo.DiskMemo").hasSizeLessThan(MOST);
    assertThat(of("io.diskmemo.")).hasSizeBetween(50, MOST_OF_OURS);
    assertThat(of("tools.jackson.", "com.fasterxml.")).isEmpty();
    assertThat(of("javax.crypto.Mac", "javax.crypto.Cipher", "com.sun.crypto.")).isEmpty();
    assertThat(of("java.security.", "sun.security.")).hasSizeLessThan(MOST_OF_SECURITY);
    assertThat(loaded).doesNotContain("java.security.SecureRandom", "java.lang.ProcessBuilder");
  }

  private List<String> of(String... prefixes) {
    return loaded.stream()
        .filter(name -> List.of(prefixes).stream().anyMatch(name::startsWith))
        .toList();
  }

  private List<String> names(Class<?> main, Object... arguments) throws IOException {
    Path log = directory.resolve(main.getSimpleName());
    Jvm.with("-Xlog:class+load:file=" + log + ":none").run(main, arguments);
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst(" .*", "").replaceFirst("[/+]0x.*", ""))
        .toList();
  }
}
