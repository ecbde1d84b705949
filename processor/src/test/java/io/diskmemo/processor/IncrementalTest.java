package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What build tools are promised: each generated file comes from one element. */
class IncrementalTest {

  /** Runs the processor behind an environment that is not javac's own, as build tools do. */
  private static final class Observed extends AbstractProcessor {
    private final DiskMemoProcessor processor = new DiskMemoProcessor();
    private final List<String> files = new ArrayList<>();
    private @Nullable IOException failure;

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      super.init(environment);
      Filer filer = observed(Filer.class, environment.getFiler());
      processor.init((ProcessingEnvironment) Proxy.newProxyInstance(
          getClass().getClassLoader(),
          new Class<?>[] {ProcessingEnvironment.class},
          (proxy, method, arguments) ->
              method.getName().equals("getFiler") ? filer : method.invoke(environment, arguments)));
    }

    private <T> T observed(Class<T> type, T original) {
      return type.cast(Proxy.newProxyInstance(
          getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            files.add(arguments[0] + " from " + List.of((Element[]) arguments[1]));
            if (failure != null) {
              throw failure;
            }
            try {
              return method.invoke(original, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          }));
    }

    @Override
    @SuppressWarnings("DoNotClaimAnnotations") // it claims what the wrapped one claims
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      return processor.process(annotations, round);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return processor.getSupportedSourceVersion();
    }
  }

  @Test
  void everyFileHasOneOriginatingElement() {
    Observed observed = new Observed();

    Compiled compiled = Compiled.withProcessors(List.of(observed), """
            package test;
            import io.diskmemo.annotations.*;
            class A {
              record Point(int x) {}
              @DiskMemoize Point a(Point p) { return p; }
              static class B { @DiskMemoize int b() { return 1; } }
            }
            """);

    assertThat(observed.files)
        .containsExactlyInAnyOrder(
            "test.MemoizedA from [test.A]", "test.MemoizedA_B from [test.A.B]");
    assertThat(compiled.succeeds().generated("test.MemoizedA"))
        .as("without the compiler's trees it is not known that records are values")
        .doesNotContain("argumentsAreValues");
  }

  @Test
  void fileThatCannotBeWrittenIsOneError() {
    Observed observed = new Observed();
    observed.failure = new IOException("disk full");

    Compiled compiled = Compiled.withProcessors(List.of(observed), """
            package test;
            import io.diskmemo.annotations.*;
            class A { @DiskMemoize int a() { return 1; } }
            """);

    assertThat(compiled.errors())
        .containsExactly(
            "[DiskMemo-Internal] no wrapper of A could be made: java.io.IOException: disk full; please"
                + " report this to DiskMemo");
  }

  @Test
  void processorIsRegistered() {
    assertThat(ServiceLoader.load(Processor.class).stream().map(ServiceLoader.Provider::type))
        .contains(DiskMemoProcessor.class);
  }

  @Test
  void processorIsKnownToGradleAsIsolating() throws IOException {
    try (InputStream in = DiskMemoProcessor.class.getResourceAsStream(
        "/META-INF/gradle/incremental.annotation.processors")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(DiskMemoProcessor.class.getName() + ",isolating");
    }
  }
}
