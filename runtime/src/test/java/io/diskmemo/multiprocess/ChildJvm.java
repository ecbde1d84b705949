package io.diskmemo.multiprocess;

import io.diskmemo.testkit.Threads;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM of its own with the class path of the tests, spoken to in lines. What goes wrong in it fails
 * the test with what it wrote to its standard error. For one thread.
 */
public final class ChildJvm implements AutoCloseable {
  private static final long DEADLINE_SECONDS =
      Threads.LIMIT.toSeconds() + Integer.getInteger("tests.stress.seconds", 0);
  private static final String END = "\u0000end";

  private final Process process;
  private final BufferedWriter input;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final Thread errorPump;
  private boolean ended;

  private ChildJvm(Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    pump(process.inputReader(StandardCharsets.UTF_8), output);
    this.errorPump = pump(process.errorReader(StandardCharsets.UTF_8), errors);
  }

  /** Starts a main class. */
  public static ChildJvm start(Class<?> main, Object... arguments) {
    return startUnder(List.of(), main, arguments);
  }

  /** Starts a main class by a command that takes another, such as {@code strace}. */
  public static ChildJvm startUnder(List<String> prefix, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.io.tmpdir=" + temporary(),
        "-Dio.diskmemo.patience=" + System.getProperty("io.diskmemo.patience", "100"),
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-cp",
        System.getProperty("java.class.path"),
        ChildMain.class.getName(),
        String.valueOf(ProcessHandle.current().pid()),
        main.getName()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    try {
      return new ChildJvm(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The driver leaves a copy of its library behind when it is killed; not in the system's folder. */
  private static Path temporary() {
    try {
      return Files.createDirectories(Path.of("target", "child-jvms").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread pump(BufferedReader from, Queue<String> to) {
    Thread pump = new Thread(
        () -> {
          try (from) {
            from.lines().forEach(to::add);
          } catch (IOException | UncheckedIOException e) {
            to.add("(" + e + ")");
          } finally {
            to.add(END);
          }
        },
        "child-output");
    pump.setDaemon(true);
    pump.start();
    return pump;
  }

  /** The next line that it prints. */
  public String line() {
    String line = lineOrEnd();
    if (line.equals(END)) {
      awaitAllComplaints();
      throw new AssertionError("the child ended: " + complaints());
    }
    return line;
  }

  /**
   * Waits until it has printed so many lines that nobody has read.
   *
   * @throws AssertionError if it ends before
   */
  public void awaitUnreadLines(int lines) {
    Patience.until(lines + " lines", () -> unreadLines() >= lines || output.contains(END));
    if (unreadLines() < lines) {
      awaitAllComplaints();
      throw new AssertionError("the child ended: " + complaints());
    }
  }

  /** Waits until it has written something to its standard error. */
  public void awaitComplaint(String text) {
    Patience.until(
        "a complaint of '" + text + "'", () -> complaints().contains(text) || !errorPump.isAlive());
    if (!complaints().contains(text)) {
      throw new AssertionError("no word of '" + text + "' in: " + complaints());
    }
  }

  private void awaitAllComplaints() {
    try {
      errorPump.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    if (errorPump.isAlive()) {
      throw new AssertionError("the child's standard error does not end: " + complaints());
    }
  }

  private String lineOrEnd() {
    try {
      String line = ended ? END : output.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("the child is silent: " + complaints());
      }
      ended = line.equals(END);
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits for a line, which must be the next. */
  public ChildJvm awaitLine(String expected) {
    String line = line();
    if (!line.equals(expected)) {
      throw new AssertionError(
          "the child says '" + line + "', not '" + expected + "': " + complaints());
    }
    return this;
  }

  /** All that it prints until it ends. */
  public List<String> remainingLines() {
    List<String> lines = new ArrayList<>();
    for (String line = lineOrEnd(); !line.equals(END); line = lineOrEnd()) {
      lines.add(line);
    }
    awaitAllComplaints();
    return lines;
  }

  /** How many lines have come that nobody has read. */
  public int unreadLines() {
    return (int) output.stream().filter(line -> !line.equals(END)).count();
  }

  /** Writes a line to it. */
  public ChildJvm tell(String line) {
    try {
      write(line);
      return this;
    } catch (IOException e) {
      throw new AssertionError("the child does not listen: " + complaints(), e);
    }
  }

  /** Writes a line to it, which does not reach one that was killed already. */
  public ChildJvm tellUnlessKilled(String line) {
    try {
      write(line);
      return this;
    } catch (IOException e) {
      if (exitStatus() == 0) {
        throw new AssertionError("the child does not listen: " + complaints(), e);
      }
      return this;
    }
  }

  private void write(String line) throws IOException {
    input.write(line);
    input.newLine();
    input.flush();
  }

  /** Writes a line to it, and returns the line that it answers with. */
  public String ask(String line) {
    return tell(line).line();
  }

  /** Sends SIGKILL, and waits for the end. What it has printed can still be read. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly(); // Process.destroyForcibly would close its output
    exitStatus();
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** Sends a signal by name; after {@code STOP} all its threads have stopped. */
  public void signal(String name) {
    Commands.run(
        "sh", "-c", "kill -" + name + " " + process.pid()); // a builtin; the program may lack
    if (name.equals("STOP") && Files.isDirectory(Path.of("/proc/self/task"))) {
      // A thread on its way out of the kernel may still take a lock after the signal was sent.
      Patience.until("the child has stopped", this::hasStopped);
    }
  }

  private boolean hasStopped() {
    try (Stream<Path> threads = Files.list(Path.of("/proc", "" + process.pid(), "task"))) {
      return threads.allMatch(thread -> stateOf(thread) == 'T');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** See proc(5): the letter after the name, which is in parentheses and may contain any. */
  private static char stateOf(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return 'X'; // it has just ended: look again
    }
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end. */
  public int exitStatus() {
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the child does not end: " + complaints());
      }
      awaitAllComplaints();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Reads all that it prints, and fails unless it ends well. */
  public List<String> success() {
    List<String> lines = remainingLines();
    if (exitStatus() != 0) {
      throw new AssertionError("the child failed: " + lines + " " + complaints());
    }
    return lines;
  }

  /**
   * What it wrote to its standard error: after its end all of it, before that what has come so far.
   * While it lives, use {@link #awaitComplaint}.
   */
  public String complaints() {
    return String.join("\n", errors).replace(END, "");
  }

  @Override
  public void close() {
    kill();
  }

  /** Closes all, also when one of them fails to. */
  public static void closeAll(List<ChildJvm> children) {
    AssertionError failure = null;
    for (ChildJvm child : children) {
      try {
        child.close();
      } catch (AssertionError e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
