package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir
  Path directory;

  @Test
  void resultIsComputedOnceAndComesFromMemory() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);

      assertThat(List.of(method.call("a"), method.call("a"), method.call("b")))
          .containsExactly("a!", "a!", "b!");
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().memoryHits()).isEqualTo(1);
    }
  }

  @Test
  void resultComesBackAfterTheDirectoryWasClosedAndOpened() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod.text("m").in(memo).call("a");
    }
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);

      assertThat(method.call("a")).isEqualTo("a!");
      assertThat(method.computations()).isZero();
      assertThat(memo.kind("default").stats().diskHits()).isEqualTo(1);
    }
  }

  @Test
  void nullIsAResultLikeAnyOther() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").body(argument -> null).in(memo);

      assertThat(method.call("a")).isNull();
      assertThat(method.call("a")).isNull();
      assertThat(method.computations()).isEqualTo(1);
    }
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);

      assertThat(method.call("a")).isNull();
      assertThat(method.computations()).isZero();
    }
  }

  @Test
  void exceptionReachesItsCallerUnchangedAndNothingIsStored() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      for (Throwable thrown : List.of(
          new IOException("checked"), new IllegalStateException("unchecked"), new Error("error"))) {
        method.body(argument -> {
          throw thrown;
        });

        assertThat(catchThrowable(() -> method.call("a"))).isSameAs(thrown);
      }
      method.body(argument -> "fine");

      assertThat(method.call("a")).isEqualTo("fine");
      assertThat(method.computations()).isEqualTo(4);
      assertThat(memo.kind("default").stats().stores()).isEqualTo(1);
    }
  }

  @Test
  void resultsOfMutableTypeAreEqualAndNeverTheSameFirstOrLater() {
    try (DiskMemo memo = Stores.open(directory)) {
      List<String> returned = new ArrayList<>(List.of("x"));
      TestMethod<List<String>> method =
          TestMethod.texts("m").body(argument -> returned).in(memo);

      List<String> first = method.call("a");
      first.add("changed by the caller");
      returned.add("changed by the method");
      List<String> second = method.call("a");
      second.clear();

      assertThat(first).isNotSameAs(returned);
      assertThat(method.call("a")).containsExactly("x");
    }
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<List<String>> method = TestMethod.texts("m").in(memo);
      method.call("a").add("changed by the caller");

      assertThat(method.call("a")).containsExactly("x");
      assertThat(method.computations()).isZero();
    }
  }

  @Test
  void resultsOfImmutableTypeAreOneInstance() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method = TestMethod.text("m").in(memo);
      String first = method.call("a");

      assertThat(method.call("a")).isSameAs(first);
    }
  }

  @Test
  void resultThatCannotBeWrittenIsReturnedAndCountedAndNotStored() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod<String> method =
          TestMethod.copied("m", new Refusing(), argument -> "x").in(memo);

      assertThat(method.call("a")).isEqualTo("x");
      assertThat(method.call("a")).isEqualTo("x");
      assertThat(method.computations()).isEqualTo(2);
      assertThat(memo.kind("default").stats().refusedUnreadable()).isEqualTo(2);
      assertThat(memo.kind("default").stats().entries()).isZero();
    }
  }

  @Test
  void resultThatCannotBeReadBackIsReturnedAndCountedAndNotStored() {
    try (DiskMemo memo = Stores.open(directory)) {
      Moody codec = new Moody();
      codec.refuses = true;
      TestMethod<String> method = TestMethod.copied("m", codec, argument -> "x").in(memo);

      assertThat(method.call("a")).isEqualTo("x");
      assertThat(memo.kind("default").stats().refusedUnreadable()).isEqualTo(1);
      assertThat(memo.kind("default").stats().entries()).isZero();
    }
  }

  @Test
  void resultInMemoryThatCannotBeReadAnyMoreIsComputed() {
    try (DiskMemo memo = Stores.open(directory)) {
      Moody codec = new Moody();
      TestMethod<String> method = TestMethod.copied("m", codec, argument -> "x").in(memo);
      method.call("a");
      codec.refuses = true;

      assertThat(method.call("a")).isEqualTo("x");
      assertThat(method.computations()).isEqualTo(2);
    }
  }

  /** The checksum of such an entry holds, so that it stayed, and no later result took its place. */
  @Test
  void entryThatCannotBeDecodedGivesWayToTheNextResult() {
    try (DiskMemo memo = Stores.open(directory)) {
      TestMethod.copied("m", new Moody(), argument -> "x").in(memo).call("a");
    }
    try (DiskMemo memo = Stores.open(directory)) {
      Moody codec = new Moody();
      codec.refuses = true;
      TestMethod<String> method = TestMethod.copied("m", codec, argument -> "x").in(memo);

      assertThat(method.call("a")).isEqualTo("x");
      assertThat(memo.kind("default").stats().missesDamaged()).isEqualTo(1);
      assertThat(memo.kind("default").stats().entries()).isZero();

      codec.refuses = false;
      method.call("a");
      method.call("a");
      assertThat(method.computations()).isEqualTo(2);
    }
  }

  private static final class Refusing implements Codec<String> {
    @Override
    public void write(ValueWriter out, String value) {
      throw new IllegalArgumentException("refused");
    }

    @Override
    public String read(ValueReader in) {
      throw new AssertionError("nothing was written");
    }
  }

  private static final class Moody implements Codec<String> {
    private final Codecs.Text text = new Codecs.Text();
    private boolean refuses;

    @Override
    public void write(ValueWriter out, String value) {
      text.write(out, value);
    }

    @Override
    public String read(ValueReader in) {
      if (refuses) {
        throw new IllegalArgumentException("refused");
      }
      return text.read(in);
    }
  }
}
