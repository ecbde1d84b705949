package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.Wrapper;
import java.util.List;

/** The annotations by which a container finds wrappers and knows how to make them. */
final class Injection {
  private static final ClassName SINGLETON = ClassName.get("jakarta.inject", "Singleton");
  private static final ClassName INJECT = ClassName.get("jakarta.inject", "Inject");
  private static final ClassName COMPONENT =
      ClassName.get("org.springframework.stereotype", "Component");
  private static final ClassName PRIMARY =
      ClassName.get("org.springframework.context.annotation", "Primary");
  private static final ClassName AUTOWIRED =
      ClassName.get("org.springframework.beans.factory.annotation", "Autowired");

  private Injection() {}

  /**
   * Spring has the original as well, so a wrapper that can take its place goes first. A wrapper is no
   * component if nobody can tell which of its constructors the container is to call.
   */
  static List<AnnotationSpec> ofClass(Wrapper wrapper) {
    if (!isMakeable(wrapper)) {
      return List.of();
    }
    return switch (wrapper.componentModel()) {
      case DEFAULT -> List.of();
      case JAKARTA -> specs(SINGLETON);
      case SPRING -> wrapper.isSubtype() ? specs(COMPONENT, PRIMARY) : specs(COMPONENT);
    };
  }

  private static boolean isMakeable(Wrapper wrapper) {
    return !wrapper.isSubclass()
        || wrapper.constructors().stream()
            .anyMatch(constructor -> isAnnotated(constructor) || isChosen(wrapper, constructor));
  }

  /** What the constructor with the {@code DiskMemo} and the delegate, if there is one, gets. */
  static List<AnnotationSpec> ofOnlyConstructor(Wrapper wrapper) {
    return switch (wrapper.componentModel()) {
      case DEFAULT -> List.of();
      case JAKARTA -> specs(INJECT);
      case SPRING -> specs(AUTOWIRED);
    };
  }

  /**
   * What the constructor with the {@code DiskMemo} gets beside what it carries over: of several, the
   * one that is annotated already is enough, and if there is none, the one without parameters is
   * annotated.
   */
  static List<AnnotationSpec> ofConstructor(Wrapper wrapper, Signature constructor) {
    return isChosen(wrapper, constructor) ? ofOnlyConstructor(wrapper) : List.of();
  }

  private static boolean isChosen(Wrapper wrapper, Signature constructor) {
    return wrapper.constructors().stream().noneMatch(Injection::isAnnotated)
        && (wrapper.constructors().size() == 1 || constructor.parameters().isEmpty());
  }

  private static boolean isAnnotated(Signature constructor) {
    return constructor.annotationsWithMemo().stream().anyMatch(Injection::isInjection);
  }

  private static boolean isInjection(AnnotationSpec annotation) {
    return annotation.type().toString().matches(".*\\.(Inject|Autowired)");
  }

  private static List<AnnotationSpec> specs(ClassName... names) {
    return List.of(names).stream()
        .map(name -> AnnotationSpec.builder(name).build())
        .toList();
  }
}
