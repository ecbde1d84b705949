package io.diskmemo.it.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls on files for each hit on disk and each store: what a JVM makes that does many, less
 * what one makes that does few. Without those of the thread of the pin, which looks as often as the
 * machine lets it.
 */
class SystemCallsTest {
  private static final String COUNTED = "trace=%file,read,write,pread64,pwrite64,lseek,fcntl,fsync,"
      + "fdatasync,ftruncate,close,fstat";

  /** Process id and name of a thread, and a call; not the second half of one that others came between. */
  private static final Pattern CALL = Pattern.compile("\\d+<(.*?)> +(\\w+)\\(.*");

  private static final int FEW = 200;
  private static final int MANY = 1200;

  @TempDir
  private Path directory;

  @BeforeEach
  void requireStrace() {
    Jvm.requireStrace();
  }

  /**
   * One {@code fstat}, as long as the log is empty; two {@code fcntl} until the kind is pinned and
   * none after that. When set: 1.0 and 0.
   */
  @Test
  void hits() throws IOException {
    Jvm.with().run(DiskCaller.class, directory.resolve("store"), 0, FEW, 1);
    Map<String, Double> calls =
        difference(made("store", 0, FEW, 1), made("store", 0, FEW, MANY / FEW));
    assertThat(sum(calls, "fcntl", "fstat", "pread64")).as("%s", calls).isLessThan(3.2);
    assertThat(sum(calls, "pwrite64", "fsync", "fdatasync")).as("%s", calls).isLessThan(0.05);
    assertThat(all(calls)).as("%s", calls).isLessThan(3.5); // 1.3
  }

  /** Of entries of 200 bytes with one tag, each in a transaction of its own. */
  @Test
  void stores() throws IOException {
    Map<String, Double> calls = difference(made("few", 0, FEW, 1), made("many", 0, MANY, 1));
    assertThat(sum(calls, "fcntl")).as("%s", calls).isLessThan(12.5); // 10.1
    assertThat(sum(calls, "pwrite64")).as("%s", calls).isLessThan(15.5); // 13.3
    assertThat(sum(calls, "pread64")).as("%s", calls).isLessThan(5.5); // 4.2
    assertThat(sum(calls, "fsync", "fdatasync")).as("%s", calls).isLessThan(0.1); // 0.02
    assertThat(all(calls)).as("%s", calls).isLessThan(36); // 29.3
  }

  private static double sum(Map<String, Double> calls, String... names) {
    double sum = 0;
    for (String name : names) {
      sum += calls.getOrDefault(name, 0.0);
    }
    return sum;
  }

  private static double all(Map<String, Double> calls) {
    return sum(calls, calls.keySet().toArray(String[]::new));
  }

  private static Map<String, Double> difference(Map<String, Long> few, Map<String, Long> many) {
    Map<String, Double> each = new TreeMap<>();
    many.forEach((name, count) ->
        each.put(name, (count - few.getOrDefault(name, 0L)) / (double) (MANY - FEW)));
    return each;
  }

  private Map<String, Long> made(String store, int from, int count, int rounds) throws IOException {
    Path trace = directory.resolve("trace");
    Jvm.with("-XX:+UseSerialGC", "-XX:-UsePerfData")
        .under("strace", "-f", "--decode-pids=comm", "-o", trace.toString(), "-e", COUNTED)
        .run(DiskCaller.class, directory.resolve(store), from, count, rounds);
    Map<String, Long> calls = new TreeMap<>();
    try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
      lines
          .map(CALL::matcher)
          .filter(call -> call.matches() && !call.group(1).equals("diskmemo-pin"))
          .forEach(call -> calls.merge(call.group(2), 1L, Long::sum));
    }
    assertThat(calls).containsKeys("fcntl", "pread64");
    return calls;
  }
}
