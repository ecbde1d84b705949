package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that finds its results on disk loads: Jackson costs a third of a second. */
class LoadedClassesTest {
  @TempDir
  Path directory;

  @Test
  void recordsLoadNothingOfJackson() throws Exception {
    assertThat(loadedBySecondRun(
            "record Point(int x, List<String> names) {}", "new Point(x, List.of())"))
        .anyMatch(line -> line.contains("test.MemoizedMain "))
        .anyMatch(line -> line.contains("test.Main$Point "))
        .noneMatch(line -> line.contains("jackson"));
  }

  @Test
  void otherClassesDo() throws Exception {
    assertThat(loadedBySecondRun("public static class Point { public int x; }", "new Point()"))
        .anyMatch(line -> line.contains("test.Main$Point "))
        .anyMatch(line -> line.contains("jackson"));
  }

  @Test
  void methodsWithJsonResultsDoOnlyWhenTheyAreCalled() throws Exception {
    String types = """
        record Point(int x) {}
        public static class Other { public int x; }
        @DiskMemoize Other other(int x) { return new Other(); }
        @DiskMemoize List<Other> others(int x) { return List.of(); }
        """;
    assertThat(loadedBySecondRun(types, "new Point(x)"))
        .anyMatch(line -> line.contains("test.MemoizedMain "))
        .anyMatch(line -> line.contains("io.diskmemo.generated.JsonCodec "))
        .noneMatch(line -> line.contains("jackson"));
  }

  private List<String> loadedBySecondRun(String type, String value)
      throws IOException, InterruptedException {
    ChildJvm jvm = new ChildJvm(directory);
    Path classes = jvm.compile("""
        public class Main {
          %s
          @DiskMemoize Point point(int x) { return %s; }
          public static void main(String[] arguments) {
            new MemoizedMain().point(1);
            System.out.println(DiskMemo.shared().kind("default").stats().diskHits());
          }
        }
        """.formatted(type, value));
    Path log = directory.resolve("loaded");
    assertThat(jvm.run(classes, Jdk.ofThisProcess())).containsExactly("0");
    assertThat(jvm.run(classes, Jdk.ofThisProcess(), "-Xlog:class+load:file=" + log))
        .containsExactly("1");
    return Files.readAllLines(log);
  }
}
