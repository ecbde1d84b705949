package io.diskmemo.examples.census;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts in the syntax tree of one file. */
final class SourceMeter {
  private static final Set<Class<? extends Node>> BRANCHES = Set.of(
      IfStmt.class,
      ForStmt.class,
      ForEachStmt.class,
      WhileStmt.class,
      DoStmt.class,
      CatchClause.class,
      ConditionalExpr.class);

  private SourceMeter() {}

  static SourceMetrics measure(CompilationUnit unit) {
    return new SourceMetrics(
        Optional.empty(),
        unit.findAll(TypeDeclaration.class).size(),
        methods(unit),
        unit.findAll(Statement.class, statement -> !(statement instanceof BlockStmt))
            .size(),
        unit.getImports().stream().map(SourceMeter::name).collect(toUnmodifiableSet()));
  }

  private static List<MethodMetrics> methods(CompilationUnit unit) {
    return unit.findAll(BodyDeclaration.class).stream()
        .filter(SourceMeter::isMethod)
        .map(SourceMeter::measure)
        .toList();
  }

  private static boolean isMethod(Node member) {
    return member instanceof CallableDeclaration || member instanceof CompactConstructorDeclaration;
  }

  private static MethodMetrics measure(Node method) {
    int lines = method.getRange().map(Range::getLineCount).orElseThrow();
    return new MethodMetrics(qualifiedName(method), 1 + branches(method), lines);
  }

  /** Members of a class inside the method are methods of their own. */
  private static int branches(Node node) {
    int branches = isBranch(node) ? 1 : 0;
    for (Node child : node.getChildNodes()) {
      branches += child instanceof BodyDeclaration ? 0 : branches(child);
    }
    return branches;
  }

  private static boolean isBranch(Node node) {
    return BRANCHES.contains(node.getClass()) || isLabelledCase(node) || isShortCircuit(node);
  }

  private static boolean isLabelledCase(Node node) {
    return node instanceof SwitchEntry entry && !entry.getLabels().isEmpty();
  }

  private static boolean isShortCircuit(Node node) {
    return node instanceof BinaryExpr binary
        && (binary.getOperator() == BinaryExpr.Operator.AND
            || binary.getOperator() == BinaryExpr.Operator.OR);
  }

  private static String name(ImportDeclaration declaration) {
    return declaration.getNameAsString() + (declaration.isAsterisk() ? ".*" : "");
  }

  private static String qualifiedName(Node method) {
    Deque<String> names = new ArrayDeque<>();
    for (Node node = method; node != null; node = node.getParentNode().orElse(null)) {
      simpleName(node).ifPresent(names::addFirst);
    }
    return String.join(".", names);
  }

  private static Optional<String> simpleName(Node node) {
    if (node instanceof CallableDeclaration<?> callable) {
      return Optional.of(callable.getSignature().asString());
    }
    if (node instanceof CompactConstructorDeclaration constructor) {
      return Optional.of(constructor.getNameAsString());
    }
    if (node instanceof TypeDeclaration<?> type) {
      return Optional.of(type.getNameAsString());
    }
    if (node instanceof ObjectCreationExpr creation
        && creation.getAnonymousClassBody().isPresent()) {
      return Optional.of("new " + creation.getType().getNameAsString());
    }
    return node instanceof CompilationUnit unit
        ? unit.getPackageDeclaration().map(declaration -> declaration.getNameAsString())
        : Optional.empty();
  }
}
