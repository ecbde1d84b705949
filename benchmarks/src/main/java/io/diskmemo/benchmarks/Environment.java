package io.diskmemo.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put(
        "JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    facts.put("flags of the JVMs that measure", String.join(" ", JmhSuite.JVM_ARGUMENTS));
    facts.put("libraries", libraries());
    return facts;
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
