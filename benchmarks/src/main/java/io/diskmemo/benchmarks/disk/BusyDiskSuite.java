package io.diskmemo.benchmarks.disk;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Attempts;
import io.diskmemo.benchmarks.Child;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import io.diskmemo.benchmarks.peers.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hits on disk while another process stores. */
public final class BusyDiskSuite implements Suite {
  private static final Map<Integer, String> SIZES =
      new TreeMap<>(Map.of(200, "200 B", 2 << 10, "2 KB", 64 << 10, "64 KB", 1 << 20, "1 MB"));
  private static final List<String> RATES = List.of("10", "100", "flat");

  private final Attempts attempts = new Attempts();

  /** Nothing was measured yet. */
  public BusyDiskSuite() {}

  @Override
  public String title() {
    return "Disk: hits beside another process that stores";
  }

  @Override
  public String explanation() {
    return "As above, while a second process stores new documents of the same size into the same"
        + " store: 10 or 100 in a second, or as many as it can (`flat`). `rate` is what it"
        + " reached, warming up included: where those of two stores differ, their hits stand beside"
        + " different work.";
  }

  private static String name(Engine engine, String size, String rate) {
    return engine.title() + ", " + size + ", " + rate + (rate.equals("flat") ? "" : "/s");
  }

  @Override
  public List<Aim> aims() {
    List<Aim> aims = new ArrayList<>();
    for (String size : SIZES.values()) {
      for (String rate : RATES) {
        aims.add(Aim.none(
            "hit: " + name(Engine.DISKMEMO, size, rate),
            "hit: " + name(Engine.SQLITE, size, rate)));
      }
    }
    return aims;
  }

  @Override
  public List<String> notes() {
    return attempts.notes();
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    Printed samples = new Printed();
    for (Map.Entry<Integer, String> size : SIZES.entrySet()) {
      Load load = Load.of(size.getKey(), effort);
      for (String rate : RATES) {
        for (Engine engine : List.of(Engine.DISKMEMO, Engine.SQLITE)) {
          String name = name(engine, size.getValue(), rate);
          List<String> lines = attempts.lines(
              name,
              (directory, number) -> Child.java(
                  engine.options(),
                  PeerProcess.class,
                  load.arguments(engine.name(), directory.toString(), rate)));
          samples.add(name, lines);
        }
      }
    }
    return samples.measurements();
  }
}
