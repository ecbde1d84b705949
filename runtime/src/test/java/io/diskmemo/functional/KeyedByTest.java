package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.testkit.Codecs;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes a result another result. */
class KeyedByTest {
  @TempDir
  Path directory;

  @TempDir
  Path files;

  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  @Test
  void anotherVersionIsAnotherResult() {
    assertAnother(spec -> spec.version(2));
  }

  @Test
  void anotherFingerprintIsAnotherResult() {
    assertAnother(spec -> spec.fingerprint("f2"));
  }

  @Test
  void anotherResultTypeIsAnotherResult() {
    assertAnother(spec -> spec.returns("java.lang.Object"));
  }

  @Test
  void anotherNameIsAnotherResult() {
    assertAnother(spec -> identity("io.test.Sample", "other", "java.lang.String"));
  }

  @Test
  void anotherClassIsAnotherResult() {
    assertAnother(spec -> identity("io.test.Other", "m", "java.lang.String"));
  }

  @Test
  void anotherParameterTypeIsAnotherResult() {
    assertAnother(spec -> identity("io.test.Sample", "m", "java.lang.Object"));
  }

  @Test
  void equalMethodIsTheSameResult() {
    TestMethod.text("m").in(memo).call("a");
    TestMethod<String> same = TestMethod.text("m").in(memo);
    same.call("a");

    assertThat(same.computations()).isZero();
  }

  private static MethodSpec.Builder<String> identity(String type, String name, String parameter) {
    return MethodSpec.<String>method(type, name, parameter)
        .returns("java.lang.String")
        .kind("default")
        .fingerprint("f1")
        .sharedResult(new Codecs.Text())
        .argumentsAreValues();
  }

  private void assertAnother(UnaryOperator<MethodSpec.Builder<String>> change) {
    TestMethod.text("m").in(memo).call("a");
    TestMethod<String> other =
        TestMethod.text("m").body(argument -> "other").spec(change).in(memo);

    assertThat(other.call("a")).isEqualTo("other");
    assertThat(TestMethod.text("m").in(memo).call("a")).isEqualTo("a!");
    assertThat(memo.kind("default").stats().entries()).isEqualTo(2);
  }

  @Test
  void argumentThatThrowsInItsKeyCallsTheMethod() {
    assertUncached(TestMethod.text("m").key((key, argument) -> {
      throw new IllegalStateException("no key");
    }));
    assertUncached(TestMethod.text("m").key((key, argument) -> {
      throw new StackOverflowError("a list that holds itself");
    }));
  }

  @Test
  void setThatIsLeftOpenCallsTheMethod() {
    assertUncached(TestMethod.text("m").key((key, argument) -> key.beginSet(1)));
  }

  @Test
  void tagsThatThrowOrAreNullCallTheMethod() {
    assertUncached(TestMethod.text("m").tags(argument -> {
      throw new NullPointerException("no tag");
    }));
    assertUncached(TestMethod.text("m").tags(argument -> null));
  }

  private void assertUncached(TestMethod.Builder<String> builder) {
    long before = memo.kind("default").stats().uncached();
    TestMethod<String> method = builder.in(memo);

    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(method.call("a")).isEqualTo("a!");
    assertThat(method.computations()).isEqualTo(2);
    assertThat(memo.kind("default").stats().uncached()).isEqualTo(before + 2);
    assertThat(memo.kind("default").stats().entries()).isZero();
  }

  @Test
  void contentOfAFileIsTheKeyWhateverItsName() throws Exception {
    TestMethod<String> reader = reader();
    Path one = Files.writeString(files.resolve("one"), "same");
    Path two = Files.writeString(files.resolve("two"), "same");

    assertThat(reader.call(one.toString())).isEqualTo("same");
    assertThat(reader.call(two.toString())).isEqualTo("same");
    assertThat(reader.computations()).isEqualTo(1);
  }

  @Test
  void changeOfAFileOfEqualLengthAndTimeIsAMiss() throws Exception {
    TestMethod<String> reader = reader();
    Path file = Files.writeString(files.resolve("file"), "before");
    var time = Files.getLastModifiedTime(file);
    reader.call(file.toString());
    Files.writeString(file, "after!");
    Files.setLastModifiedTime(file, time);

    assertThat(reader.call(file.toString())).isEqualTo("after!");
    assertThat(reader.computations()).isEqualTo(2);
  }

  @Test
  void fileThatCannotBeReadCallsTheMethod() {
    TestMethod<String> reader = reader();
    reader.body(argument -> "no file");

    assertThat(reader.call(files.resolve("absent").toString())).isEqualTo("no file");
    assertThat(reader.call(files.toString())).isEqualTo("no file"); // a directory
    assertThat(memo.kind("default").stats().uncached()).isEqualTo(2);
  }

  @Test
  void resultOfAFileThatChangesMeanwhileIsNotStored() throws Exception {
    TestMethod<String> reader = reader();
    Path file = Files.writeString(files.resolve("file"), "before");
    reader.body(argument -> {
      String content = Files.readString(Path.of(argument));
      Files.writeString(file, "after");
      return content;
    });

    assertThat(reader.call(file.toString())).isEqualTo("before");
    assertThat(memo.kind("default").stats().refusedFileChanged()).isEqualTo(1);
    assertThat(memo.kind("default").stats().entries()).isZero();
    Files.writeString(file, "before");
    reader.body(argument -> "computed again");
    assertThat(reader.call(file.toString())).isEqualTo("computed again");
  }

  @Test
  void resultOfAFileThatVanishesMeanwhileIsNotStored() throws Exception {
    TestMethod<String> reader = reader();
    Path file = Files.writeString(files.resolve("file"), "before");
    reader.body(argument -> {
      Files.delete(file);
      return "deleted it";
    });

    assertThat(reader.call(file.toString())).isEqualTo("deleted it");
    assertThat(memo.kind("default").stats().refusedFileChanged()).isEqualTo(1);
  }

  private TestMethod<String> reader() {
    return TestMethod.text("read")
        .spec(spec -> MethodSpec.<String>method("io.test.Sample", "read", "java.nio.file.Path")
            .returns("java.lang.String")
            .kind("default")
            .fingerprint("f1")
            .sharedResult(new Codecs.Text()))
        .key((key, argument) -> key.writeContent(Path.of(argument)))
        .body(argument -> read(Path.of(argument)))
        .in(memo);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
