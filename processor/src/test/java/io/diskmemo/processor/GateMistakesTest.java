package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in {@code @OneAtATime} and {@code @Throttled}. */
class GateMistakesTest {
  private static String inPeriod(String period) {
    return Mistakes.inMethod("@Throttled(permits = 1, period = \"" + period + "\") void send() {}");
  }

  private static String inTtl(String ttl) {
    return Mistakes.inMethod("@OneAtATime(ttl = \"" + ttl + "\") void send() {}");
  }

  @Test
  void periodThatIsNoDuration() {
    assertThat(inPeriod("1 sec"))
        .isEqualTo("[DiskMemo-BadPeriod] period \"1 sec\" is not a duration; did you mean \"1s\"? a"
            + " period is \"1s\", \"15m\", \"12h\", or an ISO-8601 duration such as \"PT0.5S\","
            + " from 1 ms to 100 days");
  }

  @ParameterizedTest
  @CsvSource({"5 Minutes, 5m", "500ms, PT0.5S", "2 millis, PT0.002S", "1hr, 1h", "3 weeks, 3w"})
  void periodThatWasMeant(String period, String meant) {
    assertThat(inPeriod(period)).contains("did you mean \"" + meant + "\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "never", "1y", "s", "PT"})
  void periodThatNobodyCanGuess(String period) {
    assertThat(inPeriod(period))
        .startsWith(
            "[DiskMemo-BadPeriod] period \"" + period + "\" is not a duration; a period is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0s", "PT-1S", "PT0.0009S", "101d", "99999999999999999999d", "P99999999999999D"})
  void periodOutOfItsLimits(String period) {
    assertThat(inPeriod(period))
        .isEqualTo("[DiskMemo-BadPeriod] period \"" + period
            + "\" is out of its limits; choose one of 1 ms to 100 days");
  }

  @Test
  void timeToLive() {
    assertThat(inTtl("5 seconds"))
        .startsWith("[DiskMemo-BadTtl] ttl \"5 seconds\"")
        .contains("\"5s\"");
    assertThat(inTtl("25h"))
        .isEqualTo("[DiskMemo-BadTtl] ttl \"25h\" is out of its limits; choose one of 100 ms to 24"
            + " hours");
    assertThat(inTtl("never")).startsWith("[DiskMemo-BadTtl]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001})
  void permits(int permits) {
    assertThat(Mistakes.inMethod(
            "@Throttled(permits = " + permits + ", period = \"1s\") void send() {}"))
        .isEqualTo("[DiskMemo-BadPermits] permits " + permits + " are no rate to call a method at;"
            + " choose 1 to 1,000,000, and a period to suit");
  }

  @Test
  void names() {
    assertThat(Mistakes.inMethod("@OneAtATime(name = \" \") void send() {}"))
        .isEqualTo("[DiskMemo-BadName] name \" \" is blank; write one, or leave it out for the name"
            + " of the method");
    for (String name : new String[] {"a\\n", "\\n", " \\t"}) {
      assertThat(Mistakes.inMethod("@OneAtATime(name = \"" + name + "\") void send() {}"))
          .isEqualTo("[DiskMemo-BadName] the name of send has control characters, which would spoil"
              + " logs; take them from it");
    }
    String long251 = "x".repeat(251);
    assertThat(Mistakes.inMethod("@OneAtATime(name = \"" + long251 + "\") void send() {}"))
        .isEqualTo("[DiskMemo-BadName] name \"" + long251
            + "\" has 251 characters; choose one of at" + " most 250");
    String method = "m".repeat(250);
    assertThat(Mistakes.inMethod("@OneAtATime void " + method + "() {}"))
        .isEqualTo("[DiskMemo-BadName] name \"\" stands for one of 265 characters; choose one of at"
            + " most 250");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.concurrent.CompletionStage<String>",
        "java.util.concurrent.CompletableFuture<Void>",
        "java.util.concurrent.Future<?>",
        "java.util.concurrent.FutureTask<String>"
      })
  void methodThatReturnsBeforeItsWorkIsOver(String result) {
    assertThat(Mistakes.inMethod("@OneAtATime " + result + " send() { return null; }"))
        .isEqualTo("[DiskMemo-AsyncMethod] send returns before its work is over, so that"
            + " @OneAtATime would end too soon; annotate the method that does the work, and call"
            + " that in the other thread");
    assertThat(Mistakes.inMethod(
            "@Throttled(permits = 1, period = \"1s\") " + result + " send() { return null; }"))
        .startsWith("[DiskMemo-AsyncMethod] ")
        .contains("@Throttled");
  }

  @Test
  void methodsThatAWrapperCannotCallThroughAGate() {
    assertThat(Mistakes.inMethod("@OneAtATime private void send() {}"))
        .startsWith("[DiskMemo-PrivateMethod] ");
    assertThat(Mistakes.inMethod("@OneAtATime final void send() {}"))
        .startsWith("[DiskMemo-FinalMethod] ");
    assertThat(Mistakes.inMethod("@OneAtATime native void send();"))
        .startsWith("[DiskMemo-NativeMethod] ");
    assertThat(Mistakes.inMethod("@OneAtATime static void send() {}\n @OneAtATime void other() {}"))
        .startsWith("[DiskMemo-StaticMethod] ");
    assertThat(Mistakes.inSource("abstract class Service { @OneAtATime abstract void send(); }"))
        .startsWith("[DiskMemo-AbstractMethod] ");
    assertThat(Mistakes.inMethod("@OneAtATime void a() {}"
            + " Runnable r = new Runnable() { @OneAtATime public void run() {} };"))
        .startsWith("[DiskMemo-InnerClass] ");
    assertThat(
            Mistakes.inMethod(
                "@OneAtATime void a() {} Runnable r = new Runnable() {"
                    + " @io.diskmemo.annotations.Throttled(permits = 1, period = \"1s\") public void run() {} };"))
        .startsWith("[DiskMemo-InnerClass] ");
  }

  @Test
  void oneNameWithTwoRates() {
    assertThat(Mistakes.inMethod("""
            @Throttled(name = "mail", permits = 5, period = "1s") void send() {}
            @DiskMemoize @Throttled(name = "mail", permits = 1, period = "1m") int look() { return 1; }
            """))
        .isEqualTo("[DiskMemo-GateMismatch] @Throttled \"mail\" has 1 permit in PT1M at look and 5"
            + " permits in PT1S at send; say the same at both, or give one another name");
    assertThat(Mistakes.placeIn("class A {"
            + " @Throttled(name = \"a\", permits = 5, period = \"1s\") void a() {}\n"
            + " @Throttled(name = \"a\", permits = 6, period = \"1s\") void b() {} }"))
        .startsWith("6, ");
  }

  @Test
  void oneNameWithTwoTimesToLive() {
    assertThat(Mistakes.inMethod("""
            @OneAtATime(name = "a") void a() {}
            @OneAtATime(name = "a", ttl = "9s") void b() {}
            """))
        .isEqualTo("[DiskMemo-GateMismatch] @OneAtATime \"a\" has a ttl of PT5S, the default,"
            + " at a and a ttl of PT9S at b; say the same at both, or give one another name");
  }

  @Test
  void oneNameThatSaysTheSameInOtherWords() {
    Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class Service {
              @OneAtATime(name = "a") void a() {}
              @OneAtATime(name = "a", ttl = "5s") void b() {}
              @Throttled(name = "a", permits = 1, period = "1m") void c() {}
              @Throttled(name = "a", permits = 1, period = "60s") void d() {}
              @Throttled(permits = 1, period = "1m") void e() {}
              @Throttled(permits = 2, period = "1m") void e(int x) {}
            }
            """).succeeds();
  }

  @Test
  void memoizedMethodStillNeedsAResult() {
    assertThat(Mistakes.inMethod("@DiskMemoize @OneAtATime void send() {}"))
        .startsWith("[DiskMemo-Void] ");
  }

  @Test
  void mistakesAreReportedWhereTheyAre() {
    assertThat(Mistakes.placeIn("class A { @Throttled(permits = 1, period = \"1y\") void a() {} }"))
        .startsWith("\"1y\"");
    assertThat(Mistakes.placeIn("class A { @Throttled(permits = 0, period = \"1s\") void a() {} }"))
        .startsWith("0, ");
    assertThat(Mistakes.placeIn("class A { @OneAtATime(name = \" \") void a() {} }"))
        .startsWith("\" \"");
  }

  @Test
  void independentMistakesAreReportedTogetherAndOnce() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class Service {
              @Throttled(permits = 0, period = "x", name = " ")
              @OneAtATime(ttl = "x", name = " ")
              void a() {}
              @DiskMemoize(ttl = "x") @Throttled(permits = 0, period = "1s") int b() { return 1; }
            }
            class User {
              Service service = new MemoizedService();
            }
            """);

    assertThat(compiled.errors().stream().map(error -> error.replaceAll(" .*", "")))
        .containsExactlyInAnyOrder(
            "[DiskMemo-BadPermits]",
            "[DiskMemo-BadPeriod]",
            "[DiskMemo-BadName]",
            "[DiskMemo-BadTtl]",
            "[DiskMemo-BadName]",
            "[DiskMemo-BadTtl]",
            "[DiskMemo-BadPermits]");
  }

  @Test
  void valueThatIsMissingIsTheCompilersToReport() {
    Compiled compiled = Compiled.of("""
            package test;
            import io.diskmemo.annotations.*;
            class Service {
              @Throttled(permits = 1) void a() {}
            }
            """);

    assertThat(compiled.errors()).singleElement().asString().contains("period");
  }
}
