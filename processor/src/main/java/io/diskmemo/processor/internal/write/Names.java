package io.diskmemo.processor.internal.write;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** The names in one scope of generated code. */
final class Names {
  /** What else is called by a name where such a variable is. */
  private static final Set<String> LOCALS = Set.of("value", "key", "out", "in");

  private final Set<String> taken = new HashSet<>();

  /** A scope in which some names have a meaning already. */
  static Names without(Collection<String> taken) {
    Names names = new Names();
    names.taken.addAll(taken);
    return names;
  }

  /** The name itself, or if it is taken with the first number from 2 that makes it free. */
  String free(String wanted) {
    return free(wanted, "", "");
  }

  /** As {@link #free(String)}, with a separator before the number and a text after it. */
  String free(String wanted, String separator, String suffix) {
    String name = wanted + suffix;
    for (int number = 2; !taken.add(name); number++) {
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
