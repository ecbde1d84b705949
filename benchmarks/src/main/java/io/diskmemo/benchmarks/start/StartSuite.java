package io.diskmemo.benchmarks.start;

import io.diskmemo.benchmarks.Aim;
import io.diskmemo.benchmarks.Directories;
import io.diskmemo.benchmarks.Jdks;
import io.diskmemo.benchmarks.Measurement;
import io.diskmemo.benchmarks.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** New JVMs until their first hit, with and without archives of classes. */
public final class StartSuite implements Suite {
  private static final int ROUNDS = 15;
  private static final String SQLITE = "sqlite-jdbc only";
  private static final String BOTH = "sqlite-jdbc and Caffeine";
  private static final String LEAST = "the least of a first hit";

  private final List<String> notes = new ArrayList<>();

  /** Nothing was measured yet. */
  public StartSuite() {}

  @Override
  public String title() {
    return "Start: a new JVM until its first hit";
  }

  @Override
  public String explanation() {
    return "From the start of the process to the line that it prints after its first hit, in turns."
        + " The value is a record, and on disk already; the class path is that of a program that"
        + " uses DiskMemo, with Jackson on it, which is not loaded. `sqlite-jdbc only` connects by the"
        + " driver's class, with SQLite's library extracted before, and looks once; with Caffeine beside"
        + " it, that is the least that our choice of libraries costs. `the least of a first hit` does in some hundred lines what"
        + " a hit with the promises of ours needs beside: the library compared with that of the driver's archive, a"
        + " mapped file, a digest as key, checksums, and a record as key in memory. The JVMs have no"
        + " flags but `--enable-native-access` and those of the archives. The archives are made as"
        + " [docs/startup.md](../docs/startup.md) says. Classes are those loaded until the end,"
        + " with the JDK's own.";
  }

  @Override
  public List<Aim> aims() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
    Path directory = Directories.make();
    try {
      List<Program> programs = good(programs(directory), Program::run); // puts what they look for
      return measure(programs, effort == Effort.FULL ? ROUNDS : 2, directory.resolve("log"));
    } finally {
      Directories.delete(directory);
    }
  }

  private List<Measurement> measure(List<Program> programs, int rounds, Path log)
      throws InterruptedException {
    Map<Program, List<Double>> millis = new LinkedHashMap<>();
    List<Program> left = programs;
    for (int round = 0; round < rounds; round++) {
      left = good(
          left,
          program ->
              millis.computeIfAbsent(program, key -> new ArrayList<>()).add(program.millisToHit()));
    }
    List<Program> whole = left;
    List<Measurement> all = new ArrayList<>();
    millis.forEach((program, samples) -> {
      if (whole.contains(program)) {
        all.add(Measurement.of(program.name(), "ms", samples));
      }
    });
    List<Measurement> classes = new ArrayList<>();
    good(
        whole,
        program -> classes.add(
            Measurement.of("classes: " + program.name(), "classes", program.classes(log))));
    all.addAll(classes);
    return all;
  }

  private interface Step {
    void of(Program program) throws IOException, InterruptedException;
  }

  /** Those with which it can be done; the others are noted. */
  private List<Program> good(Collection<Program> programs, Step step) throws InterruptedException {
    List<Program> good = new ArrayList<>();
    for (Program program : programs) {
      try {
        step.of(program);
        good.add(program);
      } catch (IOException e) {
        notes.add(program.name() + " was not measured: " + e.getMessage());
      }
    }
    return good;
  }

  private List<Program> programs(Path directory) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"));
    List<String> options = List.of(
        "--enable-native-access=ALL-UNNAMED",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-cp",
        Jars.classPath(directory));
    Program empty = new Program("empty main", java, options, EmptyMain.class, directory);
    Program ours =
        new Program("DiskMemo", java, options, DiskMemoMain.class, directory.resolve("store"));
    List<Program> programs = new ArrayList<>(List.of(empty));
    programs.addAll(good(List.of(ours), Program::run)); // puts the value
    if (programs.contains(ours)) {
      addIfMade(programs, () -> withAppCds(ours, directory));
    }
    String[] library = SqliteLibrary.extracted(directory);
    Program sqlite =
        new Program(SQLITE, java, options, SqliteMain.class, directory).as(SQLITE, library);
    Program caffeine = new Program("Caffeine only", java, options, CaffeineMain.class, directory);
    Program both = new Program(BOTH, java, options, BothMain.class, directory).as(BOTH, library);
    Program least =
        new Program(LEAST, java, options, LeastMain.class, directory).as(LEAST, library);
    List<Program> libraries = new ArrayList<>(List.of(caffeine));
    libraries.addAll(good(List.of(sqlite), Program::run)); // puts the value
    if (libraries.contains(sqlite)) {
      libraries.addAll(List.of(both, least));
    }
    Jdks.newest()
        .ifPresentOrElse(
            home -> {
              Program there = ours.on(home, "DiskMemo, JDK 25");
              programs.add(empty.on(home, "empty main, JDK 25"));
              programs.add(there);
              addIfMade(programs, () -> withAotCache(there, "DiskMemo", directory));
              for (Program one : libraries) {
                addIfMade(
                    programs, () -> withAotCache(one.on(home, one.name()), one.name(), directory));
              }
            },
            () -> notes.add("The AOT cache was not measured: there is no JDK 25 in " + Jdks.HOMES));
    programs.addAll(libraries);
    for (Program one : libraries) {
      addIfMade(programs, () -> withAppCds(one, directory));
    }
    List<String> ehcache = new ArrayList<>(options);
    ehcache.set(options.size() - 1, Jars.classPath(directory, "ehcache-", "cache-api-", "offheap"));
    programs.add(new Program("Ehcache 3 disk", java, ehcache, EhcacheMain.class, directory));
    return programs;
  }

  private interface Making {
    Program make() throws IOException, InterruptedException;
  }

  private void addIfMade(List<Program> programs, Making making) {
    try {
      programs.add(making.make());
    } catch (IOException e) {
      notes.add("An archive could not be made: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Program withAppCds(Program program, Path directory)
      throws IOException, InterruptedException {
    String list = directory.resolve(program.name() + ".lst").toString();
    String archive = directory.resolve(program.name() + ".jsa").toString();
    program.run("-XX:DumpLoadedClassList=" + list);
    program.run(
        "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + archive);
    return program.as(program.name() + ", AppCDS", "-XX:SharedArchiveFile=" + archive);
  }

  private static Program withAotCache(Program program, String name, Path directory)
      throws IOException, InterruptedException {
    String cache = directory.resolve(name + ".aot").toString();
    program.run("-XX:AOTCacheOutput=" + cache);
    return program.as(name + ", AOT cache, JDK 25", "-XX:AOTCache=" + cache);
  }
}
