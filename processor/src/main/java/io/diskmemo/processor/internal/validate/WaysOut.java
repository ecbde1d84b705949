package io.diskmemo.processor.internal.validate;

import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** What to use instead of a class or interface that has no shape. */
final class WaysOut {
  private static final Map<String, String> REPLACEMENTS = Map.ofEntries(
      Map.entry("java.util.Date", "use java.time.Instant"),
      Map.entry("java.sql.Date", "use java.time.LocalDate"),
      Map.entry("java.sql.Timestamp", "use java.time.Instant"),
      Map.entry("java.util.Calendar", "use java.time.ZonedDateTime"),
      Map.entry("java.net.URL", "use java.net.URI"),
      Map.entry("java.lang.CharSequence", "use String"),
      Map.entry("java.lang.StringBuilder", "use String"));

  private WaysOut() {}

  static String of(Tools tools, DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    String replacement = REPLACEMENTS.get(element.getQualifiedName().toString());
    return replacement != null ? replacement : byKind(tools, type, element);
  }

  private static String byKind(Tools tools, DeclaredType type, TypeElement element) {
    if (tools.isKindOf(type, "java.util.Map")) {
      return "declare it as Map";
    }
    if (tools.isKindOf(type, "java.util.Set")) {
      return "declare it as Set";
    }
    if (tools.isKindOf(type, "java.lang.Iterable")
        || tools.isKindOf(type, "java.util.stream.BaseStream")
        || tools.isKindOf(type, "java.util.Iterator")) {
      return "declare it as List";
    }
    if (isOwnClass(element)) {
      return "make " + element.getSimpleName() + " a record";
    }
    return "use a record of what matters of it";
  }

  private static boolean isOwnClass(TypeElement element) {
    String name = element.getQualifiedName().toString();
    return element.getKind() == ElementKind.CLASS
        && !element.getModifiers().contains(Modifier.ABSTRACT)
        && !name.startsWith("java.")
        && !name.startsWith("javax.");
  }
}
