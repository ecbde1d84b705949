package io.diskmemo.examples.census;

/**
 * How large and how tangled one method or constructor is.
 *
 * @param name package, types and signature, for example {@code com.example.Outer.Inner.find(String)}
 * @param complexity cyclomatic: one, and one more for each branch, loop, case with a label, catch,
 *     conditional expression, {@code &&} and {@code ||}; lambdas count, nested classes do not
 * @param lines from its modifiers to its closing brace
 */
record MethodMetrics(String name, int complexity, int lines) {}
