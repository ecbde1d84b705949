package io.diskmemo.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program in a process of its own, which is spoken to in lines and ended when it takes too long. */
public final class Child implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private static final int MOST_OF_COMPLAINTS = 300;

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;
  private final Path complaints;

  private Child(Process process, Path complaints, Duration longest) {
    this.process = process;
    this.complaints = complaints;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    CompletableFuture.delayedExecutor(longest.toSeconds(), TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  /**
   * Starts a program.
   *
   * @param command with its arguments
   * @return to be closed
   * @throws IOException if there is no such program
   */
  public static Child start(List<String> command) throws IOException {
    return start(LONGEST, command);
  }

  private static Child start(Duration longest, List<String> command) throws IOException {
    Path complaints = Files.createTempFile("diskmemo-bench", ".err");
    Process process =
        new ProcessBuilder(command).redirectError(complaints.toFile()).start();
    return new Child(process, complaints, longest);
  }

  /**
   * Starts a JVM with the class path of this one.
   *
   * @param options of the JVM
   * @param main class to run
   * @param arguments of the class
   * @return to be closed
   * @throws IOException if it cannot be started
   */
  public static Child java(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    return start(LONGEST, command(options, main, arguments));
  }

  /**
   * Starts a JVM that may take another time than most.
   *
   * @param longest after which it is ended
   * @param main class to run
   * @param arguments of the class
   * @return to be closed
   * @throws IOException if it cannot be started
   */
  public static Child java(Duration longest, Class<?> main, String... arguments)
      throws IOException {
    return start(longest, command(List.of(), main, arguments));
  }

  private static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JmhSuite.JVM_ARGUMENTS);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Waits for a line.
   *
   * @return the next that it prints
   * @throws IOException with what it complained of, if it has ended
   */
  public String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("ended: " + complaints());
    }
    return line;
  }

  /**
   * Waits for the end.
   *
   * @return all that it printed until then
   * @throws IOException with what it complained of, if it ended badly
   * @throws InterruptedException if this thread is interrupted
   */
  public List<String> rest() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    rest(lines::add);
    return lines;
  }

  /**
   * Waits for the end.
   *
   * @param use what is done with each line, also if it ends badly
   * @throws IOException with what it complained of, if it ended badly
   * @throws InterruptedException if this thread is interrupted
   */
  public void rest(Consumer<String> use) throws IOException, InterruptedException {
    output.lines().forEach(use);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("ended with " + status + ": " + complaints());
    }
  }

  /**
   * Writes a line to it.
   *
   * @param line without its end
   * @throws IOException if it does not listen
   */
  public void tell(String line) throws IOException {
    input.write(line);
    input.newLine();
    input.flush();
  }

  private String complaints() throws IOException {
    String said = Files.readString(complaints).strip().replaceAll("\\s+", " ").replace("|", "/");
    return said.length() <= MOST_OF_COMPLAINTS ? said : said.substring(0, MOST_OF_COMPLAINTS) + "…";
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(complaints);
  }
}
