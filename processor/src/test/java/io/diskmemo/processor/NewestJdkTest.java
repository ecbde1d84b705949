package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler of the newest JDK, which warns of more than that of the oldest. */
class NewestJdkTest {
  @TempDir
  Path directory;

  @Test
  void wrappersHaveNoWarnings() throws Exception {
    Jdk jdk = Jdk.ofRelease(25);
    String classPath = System.getProperty("java.class.path");
    List<String> arguments = new ArrayList<>(List.of(
        "-Xlint:all,-path,-processing",
        "-Werror",
        "-processor",
        DiskMemoProcessor.class.getName(),
        "-Adiskmemo.componentModel=jakarta",
        "-processorpath",
        classPath,
        "-classpath",
        classPath,
        "-d",
        directory.resolve("classes").toString()));
    for (String name : GoldenTest.names()) {
      arguments.add(sourceOf(name).toString());
    }

    assertThat(jdk.run(directory, "javac", arguments)).isEmpty();
    assertThat(directory.resolve("classes/example/MemoizedFormula.class")).exists();
  }

  private Path sourceOf(String name) throws IOException {
    return Files.writeString(directory.resolve(name + ".java"), GoldenTest.source(name));
  }
}
