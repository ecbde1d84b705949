package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Blob;
import io.diskmemo.multiprocess.ChildJvm;
import io.diskmemo.multiprocess.Commands;
import io.diskmemo.testkit.TestMethod;
import io.diskmemo.testkit.ValueFilesOf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails while a value is decrypted says nothing about the value. */
class UnreadableValueFileTest {
  @TempDir
  private Path directory;

  @Test
  void anEncryptedValueThatCannotBeReadNowStays() {
    assumeTrue(
        Commands.exists("strace") && Commands.succeeds("strace", "-o", "/dev/null", "true"),
        "strace is missing or may not trace; apt-get install strace, and allow ptrace");
    try (DiskMemo memo = EncryptedBlob.open(directory)) {
      EncryptedBlob.method(memo).call("a");
    }
    Path file = ValueFilesOf.defaultIn(directory).only();
    // of the reads of the file, those after its header and the beginning of the value
    List<String> strace = List.of(
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-P",
        file.toString(),
        "-e",
        "trace=read",
        "-e",
        "inject=read:error=EIO:when=5+");
    try (ChildJvm child = ChildJvm.startUnder(strace, EncryptedBlob.class, directory)) {
      assertThat(child.success()).as(child.complaints()).containsExactly("200000", "0 damaged");
    }
    try (DiskMemo memo = EncryptedBlob.open(directory)) {
      TestMethod<Blob> method = EncryptedBlob.method(memo);
      assertThat(method.peek("a")).isPresent();
      assertThat(ValueFilesOf.defaultIn(directory).only()).isEqualTo(file);
    }
  }
}
