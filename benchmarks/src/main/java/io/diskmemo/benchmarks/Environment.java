package io.diskmemo.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where and with what the figures were measured. */
final class Environment {
  private static final List<String> WANTED = List.of(
      "jmh-core-",
      "fory-core-",
      "jackson-databind-",
      "sqlite-jdbc-",
      "caffeine-",
      "spring-context-",
      "jetcache-core-",
      "micronaut-runtime-",
      "micronaut-cache-caffeine-",
      "ehcache-",
      "mapdb-",
      "h2-mvstore-",
      "rocksdbjni-",
      "chronicle-map-",
      "lettuce-core-");

  private Environment() {}

  static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
    facts.put("memory", memory());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    add(facts, "file system of the stores", Environment::fileSystem);
    facts.put(
        "JVM",
        System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor") + " "
            + System.getProperty("java.runtime.version"));
    add(facts, "JDK 25, where it is named", Environment::newestJdk);
    facts.put("flags of the JVMs that are started to measure", words(JmhSuite.JVM_ARGUMENTS));
    facts.put(
        "flags of the JVM that starts them and measures expiry, eviction, maintenance, policies, cold"
            + " misses and locks",
        words(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    facts.put("libraries", libraries());
    add(facts, "packages of Debian", Environment::packages);
    return facts;
  }

  private interface Fact {
    Optional<String> find() throws IOException;
  }

  /** What this machine does not have is left out. */
  private static void add(Map<String, String> facts, String name, Fact fact) {
    try {
      fact.find().ifPresent(value -> facts.put(name, value));
    } catch (IOException e) {
      facts.put(name, "unknown: " + e.getMessage());
    }
  }

  private static String words(List<String> flags) {
    return flags.isEmpty() ? "none" : String.join(" ", flags);
  }

  private static String memory() {
    long bytes = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /** On one in memory, the suites of the disk measure memory. */
  private static Optional<String> fileSystem() throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    return Optional.of(Files.getFileStore(directory).type());
  }

  private static Optional<String> newestJdk() throws IOException {
    Optional<Path> home = Jdks.newest();
    return home.isEmpty() ? Optional.empty() : Jdks.version(home.get());
  }

  private static Optional<String> packages() throws IOException {
    List<String> versions =
        Debian.versions("python3", "python3-diskcache", "python3-joblib", "redis-server");
    return versions.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", versions));
  }

  /** Runnable threads of the whole machine, on average over the last minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** The jars of other projects that the benchmarks use, by name and version. */
  private static String libraries() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
        .map(entry -> String.valueOf(Path.of(entry).getFileName()))
        .filter(jar -> WANTED.stream().anyMatch(jar::startsWith))
        .map(jar -> jar.replace(".jar", ""))
        .sorted()
        .reduce((one, other) -> one + ", " + other)
        .orElse("none");
  }
}
