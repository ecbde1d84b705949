package io.diskmemo.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sources of classes with five memoized methods each, of as many shapes, and bodies of some lines as
 * people write them.
 */
final class SampleSources {
  @SuppressWarnings("InlineFormatString") // longer than the method that would hold it
  private static final String SOURCE = """
      package sample;

      import io.diskmemo.annotations.DiskMemoize;
      import io.diskmemo.annotations.KeyPart;
      import java.math.BigDecimal;
      import java.math.RoundingMode;
      import java.time.LocalDate;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.Locale;
      import java.util.Map;
      import java.util.Optional;
      import java.util.Set;
      import java.util.TreeMap;

      /** Sample number %1$d. */
      public class Sample%1$d {
        public enum Level { LOW, MIDDLE, HIGH }

        public record Item(String name, int count, BigDecimal price) {}

        public record Summary(String title, List<Item> items, Map<Level, Integer> counts) {}

        public sealed interface Outcome permits Found, Missing {}

        public record Found(Item item, Optional<LocalDate> since) implements Outcome {}

        public record Missing(String reason) implements Outcome {}

        @KeyPart
        final String region;

        public Sample%1$d(String region) {
          this.region = region;
        }

        @DiskMemoize
        public int score(String text, int start) {
          int score = start + region.length();
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isUpperCase(c)) {
              score += 3;
            } else if (Character.isDigit(c)) {
              score += c - '0';
            } else {
              score = score * 31 %% 1_000_003;
            }
          }
          return score;
        }

        @DiskMemoize(tag = "region:{region}", ttl = "30d")
        public String normalize(String region, List<String> lines) {
          StringBuilder text = new StringBuilder(region.toLowerCase(Locale.ROOT));
          for (String line : lines) {
            String stripped = line.strip();
            if (!stripped.isEmpty()) {
              text.append('\\n').append(stripped.replace('\\t', ' '));
            }
          }
          return text.toString();
        }

        @DiskMemoize(kind = "reports", version = 3)
        public Summary summarize(Map<String, Item> items, Set<Level> levels) {
          Map<Level, Integer> counts = new TreeMap<>();
          List<Item> kept = new ArrayList<>();
          items.forEach((name, item) -> {
            Level level = item.count() < 10 ? Level.LOW : Level.HIGH;
            if (levels.contains(level)) {
              counts.merge(level, item.count(), Integer::sum);
              kept.add(new Item(name, item.count(), item.price()));
            }
          });
          return new Summary(region, List.copyOf(kept), Map.copyOf(counts));
        }

        @DiskMemoize
        public Optional<BigDecimal> average(List<Item> items, LocalDate date, int... weights) {
          BigDecimal sum = BigDecimal.ZERO;
          int total = 0;
          for (int i = 0; i < items.size(); i++) {
            int weight = i < weights.length ? weights[i] : date.getDayOfMonth();
            sum = sum.add(items.get(i).price().multiply(BigDecimal.valueOf(weight)));
            total += weight;
          }
          return total == 0
              ? Optional.empty()
              : Optional.of(sum.divide(BigDecimal.valueOf(total), 2, RoundingMode.HALF_UP));
        }

        @DiskMemoize
        public Outcome find(List<Item> items, String name, double[][] distances) {
          double nearest = Double.MAX_VALUE;
          Item found = null;
          for (int i = 0; i < items.size() && i < distances.length; i++) {
            for (double distance : distances[i]) {
              if (distance < nearest && items.get(i).name().contains(name)) {
                nearest = distance;
                found = items.get(i);
              }
            }
          }
          return found == null
              ? new Missing("no " + name + " in " + region)
              : new Found(found, Optional.of(LocalDate.EPOCH));
        }
      }
      """;

  private SampleSources() {}

  /** Writes classes, each into a file of its own. */
  static List<Path> write(Path directory, int classes) throws IOException {
    Path home = Files.createDirectories(directory.resolve("sample"));
    Path[] files = new Path[classes];
    for (int i = 0; i < classes; i++) {
      files[i] = Files.writeString(home.resolve("Sample" + i + ".java"), SOURCE.formatted(i));
    }
    return List.of(files);
  }
}
