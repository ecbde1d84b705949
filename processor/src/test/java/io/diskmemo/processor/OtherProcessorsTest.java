package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lombok, MapStruct, Dagger and DiskMemo in one compilation, as users have them. */
class OtherProcessorsTest {
  private static final Map<String, String> SOURCES = Map.of(
      "Market", """
          package shop;
          /** What Lombok makes a class with a constructor and getters of. */
          @lombok.Value
          public class Market {
            String country;
            int digits;
          }
          """,
      "Item", """
          package shop;
          @lombok.Value
          @lombok.Builder
          public class Item {
            String name;
            int cents;
          }
          """,
      "ItemKey", """
          package shop;
          import io.diskmemo.key.*;
          public class ItemKey implements KeyEncoder<Item> {
            @Override public void encode(KeyWriter key, Item item) {
              key.writeString(item.getName());
              key.writeInt(item.getCents());
            }
          }
          """,
      "Offer", """
          package shop;
          public record Offer(String name, int cents) {}
          """,
      "Offers", """
          package shop;
          import io.diskmemo.annotations.*;
          import org.mapstruct.*;
          @Mapper
          public interface Offers {
            @DiskMemoize(tag = "name:{item.name}")
            Offer of(@KeyedBy(ItemKey.class) Item item);
          }
          """,
      "PriceList", """
          package shop;
          import io.diskmemo.annotations.*;
          import jakarta.inject.Inject;
          import lombok.RequiredArgsConstructor;
          @RequiredArgsConstructor(onConstructor_ = @Inject)
          class PriceList {
            private final Market market;
            @KeyIgnore private final Offers offers;
            @KeyPart String getMarket() { return market.getCountry() + market.getDigits(); }
            @DiskMemoize(kind = "prices")
            String price(String name, int cents) {
              Offer offer = offers.of(Item.builder().name(name).cents(cents).build());
              return offer.name() + " " + offer.cents() + " " + market.getCountry();
            }
          }
          """,
      "Shop", """
          package shop;
          import dagger.Binds;
          import dagger.Component;
          import dagger.Module;
          import dagger.Provides;
          import io.diskmemo.DiskMemo;
          import jakarta.inject.Singleton;
          import java.nio.file.Path;
          import org.mapstruct.factory.Mappers;
          @Singleton
          @Component(modules = Shop.Bindings.class)
          interface Shop {
            DiskMemo memo();
            PriceList prices();
            Offers offers();
            @Module
            interface Bindings {
              @Provides @Singleton static DiskMemo memo() { return DiskMemo.open(Path.of("store")); }
              @Provides static Market market() { return new Market("NZ", 2); }
              @Provides static Offers offers(DiskMemo memo) {
                return new MemoizedOffers(memo, Mappers.getMapper(Offers.class));
              }
              @Binds PriceList prices(MemoizedPriceList prices);
            }
          }
          """,
      "Main", """
          package shop;
          public class Main {
            public static void main(String[] arguments) {
              Shop shop = DaggerShop.create();
              try (io.diskmemo.DiskMemo memo = shop.memo()) {
                PriceList prices = shop.prices();
                System.out.println(prices.price("tea", 450) + ", " + prices.price("tea", 450));
                System.out.println(memo.kind("prices").stats().computations() + " computed, "
                    + memo.kind("prices").stats().memoryHits() + " from memory, "
                    + memo.kind("prices").stats().diskHits() + " from disk; "
                    + memo.kind("default").stats().computations() + " mapped");
                System.out.println(memo.kind("default").evictTag("name:tea"));
                System.out.println(prices.getClass().getSimpleName());
              }
            }
          }
          """);

  @TempDir
  Path directory;

  @Test
  void workTogetherOnTheOldestJdk() throws Exception {
    compileAndRun(Jdk.ofRelease(17));
  }

  @Test
  void workTogetherOnTheNewestJdk() throws Exception {
    compileAndRun(Jdk.ofRelease(25));
  }

  private void compileAndRun(Jdk jdk) throws IOException, InterruptedException {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of(
        "-processorpath",
        processorPath(),
        "-classpath",
        System.getProperty("java.class.path"),
        "-d",
        classes.toString()));
    for (Map.Entry<String, String> source : SOURCES.entrySet()) {
      Path file = directory.resolve(source.getKey() + ".java");
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    jdk.run(directory, "javac", arguments);
    assertThat(run(jdk, classes))
        .containsExactly(
            "tea 450 NZ, tea 450 NZ",
            "1 computed, 1 from memory, 0 from disk; 1 mapped",
            "1",
            "MemoizedPriceList");
    assertThat(run(jdk, classes)).contains("0 computed, 1 from memory, 1 from disk; 0 mapped");
  }

  /** Lombok changes classes that the others read, so that it comes first. */
  private static String processorPath() {
    List<String> path = new ArrayList<>(
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
    List<String> lombok =
        path.stream().filter(entry -> entry.contains("lombok")).sorted().toList();
    assertThat(lombok).isNotEmpty();
    path.removeAll(lombok);
    path.addAll(0, lombok);
    return String.join(File.pathSeparator, path);
  }

  private List<String> run(Jdk jdk, Path classes) throws IOException, InterruptedException {
    return jdk.run(
            directory,
            "java",
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-classpath",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                "shop.Main"))
        .lines()
        .toList();
  }
}
