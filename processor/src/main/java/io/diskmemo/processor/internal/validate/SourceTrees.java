package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * What only the source tells: {@code Elements.getOrigin} of javac calls the methods that it adds to a
 * record explicit, and every constructor in a class file. Knows nothing where the compiler is not javac, or hides itself from processors.
 */
final class SourceTrees {
  private final @Nullable Trees trees;

  private SourceTrees(@Nullable Trees trees) {
    this.trees = trees;
  }

  static SourceTrees of(ProcessingEnvironment environment) {
    try {
      return new SourceTrees(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError e) {
      return new SourceTrees(null);
    }
  }

  /** Whether a record is known to have the {@code equals} and {@code hashCode} of the compiler. */
  boolean comparesComponents(TypeElement type) {
    return trees != null
        && trees.getTree(type) != null
        && ElementFilter.methodsIn(type.getEnclosedElements()).stream()
            .filter(method -> isEquals(method) || isHashCode(method))
            .allMatch(method -> trees.getTree(method) == null);
  }

  /**
   * Whether the canonical constructor of a record is known to be that of the compiler, which keeps
   * what it is given.
   */
  boolean keepsArguments(Elements elements, TypeElement type) {
    return trees != null
        && trees.getTree(type) != null
        && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .anyMatch(constructor -> elements.getOrigin(constructor) == Elements.Origin.MANDATED);
  }

  private static boolean isHashCode(ExecutableElement method) {
    return method.getSimpleName().contentEquals("hashCode")
        && method.getParameters().isEmpty();
  }

  private static boolean isEquals(ExecutableElement method) {
    return method.getSimpleName().contentEquals("equals")
        && method.getParameters().size() == 1
        && TypeName.get(method.getParameters().get(0).asType()).equals(ClassName.get(Object.class));
  }
}
