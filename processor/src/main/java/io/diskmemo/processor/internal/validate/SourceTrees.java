package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
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

  /** Whether a method is known to be compiled now, and not read from a class file. */
  boolean has(ExecutableElement method) {
    return trees != null && trees.getTree(method) != null;
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

  /**
   * A call of a method on {@code this}.
   *
   * @param name of the method
   * @param arguments how many
   */
  record OwnCall(String name, int arguments) {
    static OwnCall of(ExecutableElement method) {
      return new OwnCall(
          method.getSimpleName().toString(), method.getParameters().size());
    }
  }

  /** What a method calls on its own object; nothing if its source is not known. */
  Set<OwnCall> ownCalls(ExecutableElement method) {
    Set<OwnCall> calls = new HashSet<>();
    if (trees != null && trees.getTree(method) != null) {
      trees.getTree(method).accept(new OwnCalls(), calls);
    }
    return calls;
  }

  /** Collects calls; those in other classes inside the method are not on its object. */
  private static final class OwnCalls extends TreeScanner<Void, Set<OwnCall>> {
    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Set<OwnCall> calls) {
      String[] names = call.getMethodSelect().toString().split("\\.", -1);
      if (names.length == 1 || (names.length == 2 && names[0].equals("this"))) {
        calls.add(new OwnCall(names[names.length - 1], call.getArguments().size()));
      }
      return super.visitMethodInvocation(call, calls);
    }

    @Override
    public Void visitClass(ClassTree inside, Set<OwnCall> calls) {
      return null;
    }
  }

  /** Reports a mistake at each annotated method in a body, where processors are shown nothing. */
  void checkBodies(TypeElement root, Problems problems) {
    TreePath path = trees == null ? null : trees.getPath(root);
    if (trees != null && path != null) {
      Trees known = trees;
      for (MethodTree method : MemoizedInBodies.of(path)) {
        Mistake mistake = new Mistake(
            MistakeId.INNER_CLASS,
            "%s is a method of a class in a body, of which a wrapper cannot make instances; move it to"
                + " a static or top-level class",
            method.getName());
        problems.report(
            message -> known.printMessage(
                Diagnostic.Kind.ERROR, message, method, path.getCompilationUnit()),
            mistake);
      }
    }
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
