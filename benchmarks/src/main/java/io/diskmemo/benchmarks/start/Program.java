package io.diskmemo.benchmarks.start;

import io.diskmemo.benchmarks.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that prints one line when it has its hit.
 *
 * @param name as the table has it
 * @param java home of the JDK
 * @param options of the JVM, with its class path
 * @param main class to run
 * @param directory that it keeps what it needs in
 */
record Program(String name, Path java, List<String> options, Class<?> main, Path directory) {

  Program as(String newName, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new Program(newName, java, List.copyOf(all), main, directory);
  }

  Program on(Path otherJava, String newName) {
    return new Program(newName, otherJava, options, main, directory);
  }

  private List<String> command(List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(more);
    command.addAll(List.of(main.getName(), directory.toString()));
    return command;
  }

  /** Milliseconds from its start to its line. */
  double millisToHit() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (Child child = Child.start(command(List.of()))) {
      String line = child.line();
      double millis = (System.nanoTime() - begun) / 1e6;
      if (!line.equals("hit")) {
        throw new IOException("its result was not there: " + line);
      }
      child.rest();
      return millis;
    }
  }

  /** Runs it with more options. */
  void run(String... more) throws IOException, InterruptedException {
    try (Child child = Child.start(command(List.of(more)))) {
      child.rest();
    }
  }

  /** How many classes it loads, from archives or not. */
  double classes(Path log) throws IOException, InterruptedException {
    run("-Xlog:class+load:file=" + log + ":none");
    try (Stream<String> lines = Files.lines(log)) {
      return lines.count();
    }
  }
}
