package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Blob;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails while a value is decrypted says nothing about the value. */
class UnreadableValueFileTest {
  @TempDir
  private Path temporary;

  @Test
  void anEncryptedValueThatCannotBeReadNowStays() throws IOException {
    Path directory = temporary.resolve("store");
    Path trace = temporary.resolve("trace");
    Strace.require();
    try (DiskMemo memo = EncryptedBlob.open(directory)) {
      EncryptedBlob.method(memo).call("a");
    }
    Path file = ValueFilesOf.defaultIn(directory).only();
    // of the reads of the file, those after its header and the beginning of the value
    List<String> strace =
        Strace.of("read").into(trace).on(file).injecting("error=EIO:when=5+").command();
    try (ChildJvm child = ChildJvm.startUnder(strace, EncryptedBlob.class, directory)) {
      assertThat(child.success())
          .as(child.complaints())
          .containsExactly("200000", "1 computed", "0 damaged");
    }
    assertThat(trace).content().contains("(INJECTED)");
    try (DiskMemo memo = EncryptedBlob.open(directory)) {
      TestMethod<Blob> method = EncryptedBlob.method(memo);
      assertThat(method.peek("a")).isPresent();
      assertThat(ValueFilesOf.defaultIn(directory).only()).isEqualTo(file);
    }
  }
}
