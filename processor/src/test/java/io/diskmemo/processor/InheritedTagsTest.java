package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags of methods of a class that is compiled already: they name parameters, which it may not. */
class InheritedTagsTest {
  private static final String BASE = """
      package test;
      public class Base {
        @io.diskmemo.annotations.DiskMemoize(tag = "repo:{repo}")
        public int size(String repo, int depth) { return 1; }
      }
      """;

  private static final String SUB = """
      package test;
      public class Sub extends Base {
        @io.diskmemo.annotations.DiskMemoize
        public int own() { return 1; }
      }
      """;

  @TempDir
  Path directory;

  private void write(Compiled library) throws IOException {
    for (Map.Entry<String, byte[]> type : library.classes().entrySet()) {
      Path file = directory.resolve(type.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, type.getValue());
    }
  }

  private Compiled compiled(List<String> options, String source) {
    return Compiled.withLibraries(List.of(directory.toFile()), options, source);
  }

  @Test
  void namesThatTheClassFileLacks() throws IOException {
    write(Compiled.of(BASE));

    assertThat(compiled(List.of("-parameters"), SUB).errors())
        .containsExactly(
            "[DiskMemo-UnknownTagParameter] tag \"repo:{repo}\" names repo, but the compiler"
                + " found no names of parameters of size in the class file of Base; compile both that class"
                + " and this one with -parameters, or override the method here and annotate it");
  }

  @Test
  void namesThatTheClassFileHas() throws IOException {
    write(Compiled.withOption("-parameters", BASE));

    assertThat(compiled(List.of("-parameters"), SUB).succeeds().generated("test.MemoizedSub"))
        .contains("\"repo:\" + repo");
  }

  @Test
  void overriddenMethodHasItsNamesInTheSource() throws IOException {
    write(Compiled.of(BASE));

    compiled(List.of(), """
            package test;
            public class Sub extends Base {
              @Override
              @io.diskmemo.annotations.DiskMemoize(tag = "repo:{repo}")
              public int size(String repo, int depth) { return super.size(repo, depth); }
            }
            """).succeeds();
  }

  @Test
  void parametersThatAreCalledSoInTheSource() {
    assertThat(Mistakes.inMethod("@DiskMemoize(tag = \"{a}\") int size(int arg0) { return 1; }"))
        .endsWith("names a, which is no parameter of size; use one of arg0");
  }
}
