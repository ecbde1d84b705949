package io.diskmemo.benchmarks.scale;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.peers.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores in batches and by several threads. */
public final class ThreadsSuite implements Suite {
  private static final Map<String, String> NAMES = Map.of(
      "batch", "batch of 1,000",
      "threads-1", "stores by 1 thread",
      "threads-2", "stores by 2 threads",
      "threads-8", "stores by 8 threads");

  private final List<String> notes = new ArrayList<>();

  /** Nothing was measured yet. */
  public ThreadsSuite() {}

  @Override
  public String title() {
    return "Store: batches and threads";
  }

  @Override
  public String explanation() {
    return "New entries of 200 bytes, ours with all that a call of a wrapper does. Time is that of"
        + " the whole, divided by the number of entries. Threads share one store; those of bare"
        + " SQLite one connection, under a lock, with a commit for each.";
  }

  private static String name(String what, Engine engine) {
    return NAMES.getOrDefault(what, what) + ": " + engine.title();
  }

  @Override
  public List<Aim> aims() {
    return List.of("batch", "threads-1", "threads-2", "threads-8").stream()
        .map(what -> Aim.none(name(what, Engine.DISKMEMO), name(what, Engine.SQLITE)))
        .toList();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    int rounds = effort == Effort.FULL ? 3 : 1;
    for (int round = 0; round < rounds; round++) {
      for (Engine engine : List.of(Engine.DISKMEMO, Engine.SQLITE)) {
        measure(engine, effort == Effort.FULL ? "8" : "1", samples);
      }
    }
    List<Measurement> all = new ArrayList<>();
    samples.forEach((name, values) -> all.add(Measurement.of(
        name, "µs", values.stream().mapToDouble(Double::doubleValue).toArray())));
    return all;
  }

  private void measure(Engine engine, String count, Map<String, List<Double>> samples)
      throws IOException, InterruptedException {
    Path directory = Directories.make();
    try (Child child =
        Child.java(List.of(), ThreadsProcess.class, engine.name(), directory.toString(), count)) {
      for (String line : child.rest()) {
        String[] words = line.split(" ", -1);
        samples
            .computeIfAbsent(name(words[0], engine), key -> new ArrayList<>())
            .add(Double.valueOf(words[1]));
      }
    } catch (IOException e) {
      notes.add(engine.title() + " was not measured: " + e.getMessage());
    } finally {
      Directories.delete(directory);
    }
  }
}
