package io.diskmemo.processor.internal.validate;

import java.util.List;
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

  private static final List<String> NOT_DATA = List.of(
      "java.lang.AutoCloseable",
      "java.lang.ClassLoader",
      "java.lang.Iterable",
      "java.lang.Runnable",
      "java.lang.Thread",
      "java.lang.Throwable",
      "java.util.Iterator",
      "java.util.Map",
      "java.util.concurrent.Callable",
      "java.util.concurrent.Future");

  private WaysOut() {}

  static String of(Tools tools, DeclaredType type, Use use) {
    TypeElement element = (TypeElement) type.asElement();
    String replacement = REPLACEMENTS.get(element.getQualifiedName().toString());
    return replacement != null ? replacement : byKind(tools, type, element, use);
  }

  private static String byKind(Tools tools, DeclaredType type, TypeElement element, Use use) {
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
    if (use.isRead()) {
      return "use a record of what matters of it, or name a Codec with @StoredBy";
    }
    return isOwnClass(element)
        ? "make " + element.getSimpleName()
            + " a record, let it implement KeyEncodable, or name a KeyEncoder with @KeyedBy"
        : "use a record of what matters of it, or name a KeyEncoder with @KeyedBy";
  }

  /** Whether a class may be nothing but data, so that it can be written as JSON. */
  static boolean isData(Tools tools, DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    boolean isInner =
        element.getNestingKind().isNested() && !element.getModifiers().contains(Modifier.STATIC);
    return isOwnClass(element)
        && !isInner
        && NOT_DATA.stream().noneMatch(notData -> tools.isKindOf(type, notData));
  }

  private static boolean isOwnClass(TypeElement element) {
    return element.getKind() == ElementKind.CLASS
        && !element.getModifiers().contains(Modifier.ABSTRACT)
        && !isOfPlatform(element);
  }

  /** Whether a class is one whose fields a compiler cannot see. */
  static boolean isOfPlatform(TypeElement element) {
    String name = element.getQualifiedName().toString();
    return name.startsWith("java.") || name.startsWith("javax.");
  }
}
