package io.diskmemo.processor.internal.validate;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memoized methods of anonymous classes, local classes and bodies of enum constants. Names in bodies
 * are not resolved yet, so the annotation is known by its name and its import.
 */
final class MemoizedInBodies extends TreePathScanner<@Nullable Void, Boolean> {
  private static final String NAME = Annotations.DISK_MEMOIZE;
  private static final String SIMPLE_NAME = NAME.substring(NAME.lastIndexOf('.') + 1);
  private static final String ALL = NAME.substring(0, NAME.lastIndexOf('.')) + ".*";

  private final List<MethodTree> found = new ArrayList<>();
  private final boolean isImported;

  private MemoizedInBodies(CompilationUnitTree unit) {
    isImported = unit.getImports().stream()
        .map(imported -> imported.getQualifiedIdentifier().toString())
        .anyMatch(name -> name.equals(NAME) || name.equals(ALL));
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
            .anyMatch(annotation -> isMemoize(annotation.getAnnotationType().toString()))) {
      found.add(method);
    }
    return super.visitMethod(method, isInBody);
  }

  private boolean isMemoize(String name) {
    return name.equals(NAME) || (isImported && name.equals(SIMPLE_NAME));
  }
}
