package io.diskmemo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.multiprocess.CacheProcess;
import io.diskmemo.multiprocess.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the file system between a commit and the answer to who wanted the change. */
class AfterCommitTest {
  /** Each takes longer than an answer of the file system holds. */
  private static final String SLOWLY = "delay_exit=2ms";

  private static final Pattern BEGUN = Pattern.compile("(\\d+) +(\\w+\\(.*)");

  @TempDir
  private Path directory;

  /** A disk that stopped to answer then made a failure of a change that was committed. */
  @Test
  void theCommitIsTheLastThatTheDiskIsAskedFor() throws Exception {
    Strace.requireAttaching();
    Path trace = directory.resolve("trace");
    Strace strace = Strace.of("%file,pwrite64,write").into(trace).injecting(SLOWLY);
    try (ChildJvm child = ChildJvm.start(
        CacheProcess.class, directory.resolve("store"), directory.resolve("truth"))) {
      child.awaitLine("running").tell("go").awaitLine("open");
      child.ask("put a old");
      child.ask("increment n");
      child.ask("fill x");
      Process slow = strace.attach(child, directory.resolve("strace.out"));
      try {
        assertThat(child.ask("put a new")).isEqualTo("true");
        assertThat(child.ask("increment n")).isEqualTo("2");
        assertThat(child.ask("delete a")).isEqualTo("true");
        assertThat(child.ask("evict-tag many")).isEqualTo("1200");
      } finally {
        slow.destroy();
        slow.waitFor();
      }
    }
    List<List<String>> all = callsBeforeAnswers(trace);
    assertThat(all).hasSize(4);
    assertThat(all).anySatisfy(calls -> assertThat(calls).anyMatch(AfterCommitTest::isAsking));
    assertThat(all)
        .filteredOn(AfterCommitTest::hasCommitted)
        .isNotEmpty()
        .allSatisfy(
            calls -> assertThat(calls.get(calls.size() - 1)).matches(AfterCommitTest::isWriting));
  }

  /** Else another thread, which was writing, made this change together with its own. */
  private static boolean hasCommitted(List<String> calls) {
    return calls.stream().anyMatch(AfterCommitTest::isWriting);
  }

  /** As before a commit. */
  private static boolean isAsking(String call) {
    return call.contains("/.never\"");
  }

  private static boolean isWriting(String call) {
    return call.startsWith("pwrite64(");
  }

  /** What the thread that answers asks of the store, for each answer. */
  private List<List<String>> callsBeforeAnswers(Path trace) throws IOException {
    List<String> lines = Files.readAllLines(trace);
    String answering = lines.stream()
        .filter(line -> line.contains(" write(1, "))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElseThrow();
    List<List<String>> all = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    for (String line : lines) {
      Matcher begun = BEGUN.matcher(line);
      if (!begun.matches() || !begun.group(1).equals(answering)) {
        continue;
      }
      String call = begun.group(2);
      if (call.startsWith("write(1, ")) {
        all.add(calls);
        calls = new ArrayList<>();
      } else if (isWriting(call) || call.contains("\"" + directory + "/store/")) {
        calls.add(call);
      }
    }
    return all;
  }
}
