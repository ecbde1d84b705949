package io.diskmemo.examples.census;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tree of small Java sources in a temporary directory. */
final class Sources {
  private final Path root;

  Sources(Path root) {
    this.root = root;
  }

  /** Writes one file with one method, whose source differs from others by its name. */
  Path add(String library, String file, String method) throws IOException {
    Path directory = Files.createDirectories(root.resolve(library));
    return Files.writeString(
        directory.resolve(file + ".java"), "class A { void " + method + "() {} }");
  }

  SourceTree tree() throws IOException {
    return SourceTree.of(root);
  }
}
