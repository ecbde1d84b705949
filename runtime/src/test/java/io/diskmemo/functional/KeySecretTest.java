package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.InvalidSettingException;
import io.diskmemo.KindCache;
import io.diskmemo.Profile;
import io.diskmemo.key.Key;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that nobody can find the arguments of by trying them all. */
class KeySecretTest {
  @TempDir
  Path directory;

  private static Profile secret(String secret) {
    return Profile.builder().keySecret(secret.getBytes(StandardCharsets.UTF_8)).build();
  }

  private TestMethod<String> called(DiskMemo memo) {
    TestMethod<String> method = TestMethod.text("m").in(memo);
    method.call("+64 21 555 0100");
    return method;
  }

  @Test
  void sameSecretFindsTheEntry() {
    try (DiskMemo memo = Stores.open(directory, secret("0123456789abcdef"))) {
      called(memo);
    }
    try (DiskMemo memo = Stores.open(directory, secret("0123456789abcdef"))) {
      assertThat(called(memo).computations()).isZero();
    }
  }

  @Test
  void anotherSecretOrNoneMakesOtherKeys() {
    List<Key> keys;
    try (DiskMemo memo = Stores.open(directory, secret("0123456789abcdef"))) {
      called(memo);
    }
    try (DiskMemo memo = Stores.open(directory, secret("fedcba9876543210"))) {
      assertThat(called(memo).computations()).isOne();
    }
    try (DiskMemo memo = Stores.open(directory)) {
      assertThat(called(memo).computations()).isOne();
      keys = memo.kind("default").keys().toList();
    }
    assertThat(keys).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void entriesPutByHandAreFoundUnderTheirSecretOnly() {
    String number = "+64 21 555 0100";
    List<Key> keys;
    try (DiskMemo memo = Stores.open(directory, secret("0123456789abcdef"))) {
      memo.kind("default").put(number, "a");
    }
    try (DiskMemo memo = Stores.open(directory, secret("fedcba9876543210"))) {
      KindCache others = memo.kind("default");
      assertThat(others.get(number, String.class)).isEmpty();
      assertThat(others.contains(number)).isFalse();
      assertThat(others.touch(number, Duration.ofHours(1))).isFalse();
      assertThat(others.delete(number)).isFalse();
      others.put(number, "b");
    }
    try (DiskMemo memo = Stores.open(directory)) {
      memo.kind("default").put(number, "c");
      keys = memo.kind("default").keys().toList();
      assertThat(memo.kind("default").get(keys.get(0), String.class)).isPresent();
    }
    try (DiskMemo memo = Stores.open(directory, secret("0123456789abcdef"))) {
      assertThat(memo.kind("default").get(number, String.class)).contains("a");
      assertThat(memo.kind("default").delete(number)).isTrue();
    }
    assertThat(keys).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void shortSecretIsRefused() {
    assertThatThrownBy(() -> secret("short"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("keySecret has 5 bytes; give at least 16 random ones");
  }
}
