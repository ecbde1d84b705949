package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Finds the method that a dotted name in a tag stands for. */
final class Accessors {
  private static final Pattern GETTER = Pattern.compile("^(?:get|is)(?=[A-Z])");

  private final Tools tools;
  private final Surroundings surroundings;

  Accessors(Tools tools, Surroundings surroundings) {
    this.tools = tools;
    this.surroundings = surroundings;
  }

  /** The method {@code name()}, {@code getName()} or {@code isName()} of a type. */
  ExecutableElement find(String template, TypeMirror type, String name) {
    List<ExecutableElement> candidates = candidates(type);
    Optional<ExecutableElement> found = spellings(name)
        .flatMap(s -> candidates.stream().filter(m -> m.getSimpleName().contentEquals(s)))
        .findFirst();
    found.ifPresent(surroundings::use);
    return found.orElseThrow(() -> unknown(template, type, name, candidates));
  }

  TypeMirror resultOf(TypeMirror type, ExecutableElement accessor) {
    ExecutableType method =
        (ExecutableType) tools.types().asMemberOf((DeclaredType) type, accessor);
    TypeMirror result = method.getReturnType();
    surroundings.mention(result);
    return result;
  }

  /** The names that a method for a property may have. */
  static Stream<String> spellings(String property) {
    if (property.isEmpty()) {
      return Stream.empty();
    }
    String capitalized = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
    return Stream.of(property, "get" + capitalized, "is" + capitalized);
  }

  /** The property that a method is for: {@code name} of {@code getName()}. */
  static String property(String method) {
    String stripped = GETTER.matcher(method).replaceFirst("");
    return stripped.substring(0, 1).toLowerCase(Locale.ROOT) + stripped.substring(1);
  }

  private List<ExecutableElement> candidates(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return List.of();
    }
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    return ElementFilter.methodsIn(tools.elements().getAllMembers(element)).stream()
        .filter(this::isAccessor)
        .toList();
  }

  private boolean isAccessor(ExecutableElement method) {
    return method.getParameters().isEmpty()
        && method.getTypeParameters().isEmpty()
        && method.getReturnType().getKind() != TypeKind.VOID
        && !method.getModifiers().contains(Modifier.STATIC)
        && surroundings.seesByModifiers(method)
        && method.getThrownTypes().stream().allMatch(tools::isUnchecked);
  }

  private static Mistake unknown(
      String template, TypeMirror type, String name, List<ExecutableElement> candidates) {
    List<String> names =
        candidates.stream().map(m -> m.getSimpleName().toString()).toList();
    return new Mistake(
        MistakeId.UNKNOWN_TAG_PARAMETER,
        "tag \"%s\" names %s of a %s, which has no such component or getter that can be called; %s",
        template,
        name,
        TypeName.get(type),
        Nearest.to(name, names)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("add one, or name another"));
  }
}
