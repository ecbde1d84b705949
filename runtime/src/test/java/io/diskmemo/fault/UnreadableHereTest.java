package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.Profile;
import io.diskmemo.Stats;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are sound, and that a reader can do nothing with. */
class UnreadableHereTest {
  @TempDir
  Path directory;

  /** Reads until it is told to fail. */
  private static final class Moody implements Codec<String> {
    private Error failure;

    @Override
    public void write(ValueWriter out, String value) {
      out.writeString(value);
    }

    @Override
    public String read(ValueReader in) {
      if (failure != null) {
        throw failure;
      }
      return in.readString();
    }
  }

  private static Error error(String name) throws ReflectiveOperationException {
    return Class.forName("java.lang." + name)
        .asSubclass(Error.class)
        .getConstructor()
        .newInstance();
  }

  @ParameterizedTest
  @ValueSource(strings = {"StackOverflowError", "OutOfMemoryError", "NoClassDefFoundError"})
  void soundEntryStaysAndTheCallerHasHisResult(String name) throws Exception {
    Moody codec = new Moody();
    Profile onDisk = Profile.builder().memoryLimit(0).build();
    try (DiskMemo memo = Stores.open(directory, onDisk)) {
      TestMethod<String> method =
          TestMethod.copied("m", codec, argument -> "x" + argument).in(memo);
      method.call("a");
      codec.failure = error(name);
      assertThat(method.call("a")).isEqualTo("xa");
      Stats stats = memo.kind("default").stats();
      assertThat(stats.missesUnavailable()).isEqualTo(1);
      assertThat(stats.missesDamaged()).isZero();
      assertThat(stats.entries()).isEqualTo(1);
      codec.failure = null;

      assertThat(method.call("a")).isEqualTo("xa");
      assertThat(method.computations()).isEqualTo(2);
    }
  }

  @Test
  void valueThatCannotBeWrittenForWantOfAClassIsReturned() throws Exception {
    Codec<String> broken = new Codec<>() {
      @Override
      public void write(ValueWriter out, String value) {
        throw new NoClassDefFoundError("missing");
      }

      @Override
      public String read(ValueReader in) {
        throw new NoClassDefFoundError("missing");
      }
    };
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method =
          TestMethod.copied("m", broken, argument -> "x").in(memo);

      assertThat(method.call("a")).isEqualTo("x");
      assertThat(memo.kind("default").stats().refusedUnreadable()).isEqualTo(1);
    }
  }
}
