package io.diskmemo.examples.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
  @TempDir
  Path root;

  private Sources sources;

  @BeforeEach
  void makeTree() {
    sources = new Sources(root);
  }

  @Test
  void filesAreGroupedByTheDirectoryOfTheirLibraryAndSorted() throws IOException {
    Path last = sources.add("guava", "B", "b");
    Path first = sources.add("guava", "A", "a");
    Path other = sources.add("asm", "C", "c");

    assertThat(sources.tree().libraries()).containsExactly("asm", "guava");
    assertThat(sources.tree().files("guava")).containsExactly(first, last);
    assertThat(sources.tree().files("asm")).containsExactly(other);
    assertThat(sources.tree().size()).isEqualTo(3);
  }

  @Test
  void onlyJavaFilesAreListed() throws IOException {
    Path source = sources.add("guava", "A", "a");
    Files.writeString(root.resolve("guava/notes.txt"), "none");

    assertThat(sources.tree().files("guava")).containsExactly(source);
  }

  @Test
  void filesOfEqualBytesAreOneContentWithinALibrary() throws IOException {
    sources.add("guava", "A", "same");
    sources.add("guava", "B", "same");
    sources.add("guava", "C", "other");
    sources.add("asm", "D", "same");

    assertThat(sources.tree().distinctContents("guava")).isEqualTo(2);
    assertThat(sources.tree().distinctContents("asm")).isEqualTo(1);
  }
}
