package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import io.diskmemo.processor.internal.model.ComponentModel;
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

  /** Spring has the original as well, so a wrapper that can take its place goes first. */
  static List<AnnotationSpec> ofClass(Wrapper wrapper) {
    return switch (wrapper.componentModel()) {
      case DEFAULT -> List.of();
      case JAKARTA -> specs(SINGLETON);
      case SPRING -> wrapper.isSubtype() ? specs(COMPONENT, PRIMARY) : specs(COMPONENT);
    };
  }

  /** The constructor with the {@code DiskMemo}; of several, the one that was annotated already. */
  static List<AnnotationSpec> ofConstructor(Wrapper wrapper, List<AnnotationSpec> carried) {
    if (wrapper.componentModel() == ComponentModel.DEFAULT
        || wrapper.constructors().size() > 1
        || carried.stream().anyMatch(Injection::isInjection)) {
      return List.of();
    }
    return specs(wrapper.componentModel() == ComponentModel.JAKARTA ? INJECT : AUTOWIRED);
  }

  static List<AnnotationSpec> ofConstructor(Wrapper wrapper, Signature constructor) {
    return ofConstructor(wrapper, constructor.annotationsWithMemo());
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
