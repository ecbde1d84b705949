package io.diskmemo.examples.census;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is in one Java source file.
 *
 * @param problem why the file could not be parsed; everything else is empty then
 * @param types classes, interfaces, enums, records and annotations that have a name, at any depth
 * @param methods and constructors of all types, anonymous ones included, in the order of the source
 * @param statements of the whole file, blocks not counted
 * @param imports names as written, ending in {@code .*} if on demand
 */
record SourceMetrics(
    Optional<String> problem,
    int types,
    List<MethodMetrics> methods,
    int statements,
    Set<String> imports) {

  static SourceMetrics unparsed(String problem) {
    return new SourceMetrics(Optional.of(problem), 0, List.of(), 0, Set.of());
  }

  /** The method with most lines; the first of them if there are several. */
  Optional<MethodMetrics> longestMethod() {
    return methods.stream().max(Comparator.comparingInt(MethodMetrics::lines));
  }
}
