package io.diskmemo.processor.internal.write;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.lang.model.SourceVersion;

/** The names in one scope of generated code. */
final class Names {
  /** What else is called by a name where such a variable is. */
  private static final Set<String> LOCALS = Set.of("value", "key", "out", "in");

  private final Set<String> taken = new HashSet<>();
  private final UnaryOperator<String> identity;

  private Names(UnaryOperator<String> identity) {
    this.identity = identity;
  }

  /** A scope in which some names have a meaning already. */
  static Names without(Collection<String> taken) {
    return without(taken, UnaryOperator.identity());
  }

  /** As {@link #without}, of classes: files that differ only in case are one on macOS and Windows. */
  static Names ofClassesWithout(Collection<String> taken) {
    return without(taken, name -> name.toLowerCase(Locale.ROOT));
  }

  private static Names without(Collection<String> taken, UnaryOperator<String> identity) {
    Names names = new Names(identity);
    taken.forEach(name -> names.taken.add(identity.apply(name)));
    return names;
  }

  /** The name itself, or if it is taken with the first number from 2 that makes it free. */
  String free(String wanted) {
    return free(wanted, "", "");
  }

  /** As {@link #free(String)}, with a separator before the number and a text after it. */
  String free(String wanted, String separator, String suffix) {
    String name = wanted + suffix;
    for (int number = 2; !taken.add(identity.apply(name)); number++) {
      name = wanted + separator + number + suffix;
    }
    return name;
  }

  static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** A local variable for a type: {@code leaf} for {@code Leaf}, {@code case_} for {@code Case}. */
  static String variable(String type) {
    String name = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    boolean isFree = SourceVersion.isName(name) && !LOCALS.contains(name);
    return isFree ? name : name + "_";
  }

  /** {@code locateAll} as {@code LOCATE_ALL}. */
  static String constant(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toUpperCase(Locale.ROOT);
  }
}
