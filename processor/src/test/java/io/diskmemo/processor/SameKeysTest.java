package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, tags and wrappers are the same in every locale, time zone and JDK. */
class SameKeysTest {
  private static final String SOURCE = """
      class Main {
        enum Title { MISS, I\u0130\u0131i }
        record Item(Title title, double price, Instant made, ZonedDateTime sold, Optional<URI> page) {}
        sealed interface Shape permits Circle, Line {}
        record Circle(float size) implements Shape {}
        record Line(Set<String> ends) implements Shape {}
        @DiskMemoize(tag = {"title:{item.title}", "price:{item.price}", "sold:{item.sold}"})
        List<Item> items(Item item, Map<String, Shape> shapes, LocalDate[] days, BigDecimal amount,
            Path path, char letter, Locale.Category category, Duration wait, byte[] bytes) {
          return List.of(item);
        }
        public static void main(String[] arguments) {
          Item item = new Item(Title.I\u0130\u0131i, 1234.5, Instant.EPOCH,
              ZonedDateTime.of(2026, 3, 29, 2, 30, 0, 0, ZoneId.of("Europe/Berlin")),
              Optional.of(URI.create("http://example.org/I")));
          Map<String, Shape> shapes = new HashMap<>();
          for (String name : "I i \u0130 \u0131 \u00df \u4e2d a b c d".split(" ")) {
            shapes.put(name, new Line(Set.of(name, name + 1, name + 2, name.repeat(3))));
            shapes.put(name + 1, new Circle(name.length()));
          }
          List<Item> items = new MemoizedMain().items(item, shapes, new LocalDate[] {LocalDate.EPOCH},
              new BigDecimal("1.50"), Path.of("I", "i"), 'i', Locale.Category.DISPLAY,
              Duration.ofDays(1), new byte[] {1});
          Kinds.print(items.equals(List.of(item)));
        }
      }
      final class Kinds {
        static void print(boolean isEqual) {
          KindCache kind = DiskMemo.shared().kind("default");
          System.out.println(isEqual + " " + kind.stats().computations() + " "
              + kind.stats().diskHits() + " " + Locale.getDefault() + " " + ZoneId.systemDefault());
        }
      }
      """;

  @TempDir
  Path directory;

  private ChildJvm jvm;

  @BeforeEach
  void prepareJvm() {
    jvm = new ChildJvm(directory);
  }

  @Test
  void inEveryLocaleAndTimeZone() throws Exception {
    Path classes = jvm.compile(SOURCE);

    assertThat(run(classes, "en", "US", "UTC")).containsExactly("true 1 0 en_US UTC");
    assertThat(run(classes, "tr", "TR", "Asia/Kathmandu"))
        .containsExactly("true 0 1 tr_TR Asia/Kathmandu");
    assertThat(run(classes, "ar", "EG", "America/St_Johns"))
        .containsExactly("true 0 1 ar_EG America/St_Johns");
  }

  private List<String> run(Path classes, String language, String country, String timeZone)
      throws IOException, InterruptedException {
    return jvm.run(
        classes,
        Jdk.ofThisProcess(),
        "-Duser.language=" + language,
        "-Duser.country=" + country,
        "-Duser.timezone=" + timeZone,
        "-Dfile.encoding=ISO-8859-1");
  }

  @Test
  void onTheOldestAndTheNewestJdk() throws Exception {
    Jdk oldest = Jdk.ofRelease(17);
    Jdk newest = Jdk.ofRelease(25);
    Path classes = jvm.compile(SOURCE);

    assertThat(jvm.run(classes, oldest).get(0)).startsWith("true 1 0 ");
    assertThat(jvm.run(classes, newest).get(0)).startsWith("true 0 1 ");
  }

  @Test
  void wrappersThatWereWrittenInAnotherLocale() throws Exception {
    assertThat(wrapperWrittenIn("tr")).isEqualTo(wrapperWrittenIn("en"));
  }

  private String wrapperWrittenIn(String language) throws Exception {
    Path sources = Files.createDirectories(directory.resolve(language));
    Path source = Files.writeString(sources.resolve("Invoices.java"), """
            package test;
            class Invoices {
              enum Title { I }
              @io.diskmemo.annotations.DiskMemoize(ttl = "1d", tag = "{title}")
              java.util.List<Title> printInvoices(Title title, int id) { return null; }
            }
            """);
    String classPath = System.getProperty("java.class.path");
    Jdk.ofThisProcess()
        .run(
            sources,
            "javac",
            List.of(
                "-J-Duser.language=" + language,
                "-processor",
                DiskMemoProcessor.class.getName(),
                "-classpath",
                classPath,
                "-d",
                sources.toString(),
                source.toString()));
    return Files.readString(sources.resolve("test/MemoizedInvoices.java"));
  }
}
