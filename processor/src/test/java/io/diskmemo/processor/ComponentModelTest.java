package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code diskmemo.componentModel}. */
class ComponentModelTest {
  private static final String[] SOURCES = {
    "package test;\nclass A { @io.diskmemo.annotations.DiskMemoize int a() { return 1; } }\n",
    "package test;\ninterface B { @io.diskmemo.annotations.DiskMemoize int a(); }\n",
    "package test;\nfinal class C { @io.diskmemo.annotations.DiskMemoize int a() { return 1; } }\n",
    "package jakarta.inject;\npublic @interface Inject {}\n",
    "package jakarta.inject;\npublic @interface Singleton {}\n",
    "package org.springframework.stereotype;\npublic @interface Component {}\n",
    "package org.springframework.context.annotation;\npublic @interface Primary {}\n",
    "package org.springframework.beans.factory.annotation;\npublic @interface Autowired {}\n",
  };

  @Test
  void nothingIsAddedByDefault() {
    assertThat(wrapper("default", "A")).isEqualTo(Compiled.of(SOURCES).generated("test.MemoizedA"));
  }

  @Test
  void jakarta() {
    assertThat(wrapper("jakarta", "A"))
        .contains("@Singleton\nfinal class MemoizedA")
        .contains("  @Inject\n  MemoizedA(DiskMemo memo) {")
        .containsOnlyOnce("@Inject");
    assertThat(wrapper("jakarta", "B"))
        .contains("  @Inject\n  MemoizedB(DiskMemo memo, B delegate)");
  }

  @Test
  void spring() {
    assertThat(wrapper("spring", "A")).contains("@Component\n@Primary\nfinal class MemoizedA");
    assertThat(wrapper("spring", "B"))
        .contains("@Component\n@Primary\nfinal class MemoizedB")
        .contains("  @Autowired\n  MemoizedB(DiskMemo memo, B delegate)");
    assertThat(wrapper("spring", "C"))
        .contains("@Component\nfinal class MemoizedC")
        .doesNotContain("@Primary");
  }

  @Test
  void annotationsThatAreThereAlreadyAreNotRepeated() {
    String wrapper = Compiled.withOption(
            "-Adiskmemo.componentModel=jakarta", """
            package test;
            class A {
              @jakarta.inject.Inject A() {}
              @io.diskmemo.annotations.DiskMemoize int a() { return 1; }
            }
            """, SOURCES[3], SOURCES[4])
        .succeeds()
        .generated("test.MemoizedA");

    assertThat(wrapper).containsOnlyOnce("@Inject");
  }

  @Test
  void ofSeveralConstructorsTheAnnotatedOneIsChosen() {
    String wrapper = severalConstructors(
        "spring",
        "A() {} A(int a) {}"
            + " @org.springframework.beans.factory.annotation.Autowired A(String a) {}");

    assertThat(wrapper)
        .contains("@Component\n@Primary\nfinal class MemoizedA")
        .contains("  @Autowired\n  MemoizedA(DiskMemo memo, String a) {")
        .containsOnlyOnce("@Autowired");
  }

  @Test
  void annotatedConstructorIsCopiedWithoutAModel() {
    String wrapper = Compiled.of("""
            package test;
            class A {
              A() {}
              @jakarta.inject.Inject A(String a) {}
              @io.diskmemo.annotations.DiskMemoize int a() { return 1; }
            }
            """, SOURCES[3]).succeeds().generated("test.MemoizedA");

    assertThat(wrapper)
        .contains("  @Inject\n  MemoizedA(DiskMemo memo, String a) {")
        .containsOnlyOnce("@Inject");
  }

  @ParameterizedTest
  @CsvSource({"jakarta, Inject", "spring, Autowired"})
  void ofSeveralConstructorsTheOneWithoutParametersIsChosen(String model, String annotation) {
    assertThat(severalConstructors(model, "A() {} A(int a) {}"))
        .contains("  @" + annotation + "\n  MemoizedA(DiskMemo memo) {")
        .containsOnlyOnce("@" + annotation)
        .containsPattern("@(Singleton|Primary)\nfinal class MemoizedA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jakarta", "spring"})
  void wrapperIsNoComponentIfNobodyKnowsWhichConstructorToCall(String model) {
    String constructors = "A(String a) {} A(int a) {}";

    assertThat(severalConstructors(model, constructors))
        .isEqualTo(severalConstructors("default", constructors));
  }

  private static String severalConstructors(String model, String constructors) {
    String source = "package test;\nclass A { " + constructors
        + " @io.diskmemo.annotations.DiskMemoize int a() { return 1; } }\n";
    String[] sources = Arrays.copyOfRange(SOURCES, 2, SOURCES.length);
    sources[0] = source;
    return Compiled.withOption("-Adiskmemo.componentModel=" + model, sources)
        .succeeds()
        .generated("test.MemoizedA");
  }

  @Test
  void unknownModels() {
    assertThat(Compiled.withOption("-Adiskmemo.componentModel=jakatra", SOURCES).errors())
        .containsExactly(
            "[DiskMemo-BadOption] -Adiskmemo.componentModel=jakatra is none of default,"
                + " jakarta, spring; did you mean jakarta?");
    assertThat(Compiled.withOption("-Adiskmemo.componentModel=guice", SOURCES).errors())
        .containsExactly("[DiskMemo-BadOption] -Adiskmemo.componentModel=guice is none of default,"
            + " jakarta, spring; name one of them, or leave the option out");
  }

  private static String wrapper(String model, String type) {
    return Compiled.withOption("-Adiskmemo.componentModel=" + model, SOURCES)
        .succeeds()
        .generated("test.Memoized" + type);
  }
}
