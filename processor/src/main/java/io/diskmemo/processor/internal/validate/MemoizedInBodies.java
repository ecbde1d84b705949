package io.diskmemo.processor.internal.validate;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Annotated methods of anonymous classes, local classes and bodies of enum constants. Names in bodies
 * are not resolved yet, so the annotations are known by their names and imports.
 */
final class MemoizedInBodies extends TreePathScanner<@Nullable Void, Boolean> {
  private static final String ALL = packageOf(Annotations.DISK_MEMOIZE) + ".*";

  private final List<MethodTree> found = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Annotations.OF_METHODS);

  private MemoizedInBodies(CompilationUnitTree unit) {
    Set<String> imports = unit.getImports().stream()
        .map(imported -> imported.getQualifiedIdentifier().toString())
        .collect(Collectors.toSet());
    Annotations.OF_METHODS.stream()
        .filter(name -> imports.contains(name) || imports.contains(ALL))
        .forEach(name -> names.add(name.substring(packageOf(name).length() + 1)));
  }

  private static String packageOf(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  static List<MethodTree> of(TreePath type) {
    MemoizedInBodies scanner = new MemoizedInBodies(type.getCompilationUnit());
    scanner.scan(type, false);
    return scanner.found;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, Boolean isInBody) {
    Tree around = getCurrentPath().getParentPath().getLeaf();
    boolean isMember = around instanceof ClassTree || around instanceof CompilationUnitTree;
    return super.visitClass(type, isInBody || !isMember);
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, Boolean isInBody) {
    if (isInBody
        && method.getModifiers().getAnnotations().stream()
            .anyMatch(
                annotation -> names.contains(annotation.getAnnotationType().toString()))) {
      found.add(method);
    }
    return super.visitMethod(method, isInBody);
  }
}
