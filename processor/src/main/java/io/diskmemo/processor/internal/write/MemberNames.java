package io.diskmemo.processor.internal.write;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/**
 * The names of the methods of a type, also of those it inherits. A private static method of a subclass
 * would hide them, or pretend to override them, which the compiler refuses.
 */
final class MemberNames {
  private MemberNames() {}

  static Set<String> of(TypeElement type) {
    Set<String> names = new TreeSet<>();
    add(type, names);
    return names;
  }

  private static void add(TypeElement type, Collection<String> names) {
    for (Element method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      names.add(method.getSimpleName().toString());
    }
    Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
        .filter(DeclaredType.class::isInstance)
        .map(above -> (TypeElement) ((DeclaredType) above).asElement())
        .forEach(above -> add(above, names));
  }

  /** What is left of those that begin with a verb, without it. */
  static Stream<String> behind(String verb, Set<String> names) {
    return names.stream()
        .filter(name -> name.startsWith(verb))
        .map(name -> name.substring(verb.length()));
  }
}
