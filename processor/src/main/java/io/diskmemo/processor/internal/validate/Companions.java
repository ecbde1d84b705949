package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Companion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/** Sees to it that a wrapper does not have the methods which it adds already. */
final class Companions {
  private final Tools tools;
  private final TypeElement type;
  private final Map<String, List<ExecutableElement>> present;
  private final Set<String> added = new HashSet<>();

  /** Of a wrapper that has some of the methods of the type. */
  Companions(Tools tools, TypeElement type, Stream<ExecutableElement> present) {
    this.tools = tools;
    this.type = type;
    this.present =
        present.collect(Collectors.groupingBy(method -> method.getSimpleName().toString()));
  }

  /** Other methods may mention what does not exist yet, such as the wrapper. */
  private boolean isPresent(String name, List<TypeName> parameters) {
    return present.getOrDefault(name, List.of()).stream()
        .anyMatch(method -> parameters(method).equals(parameters));
  }

  /** The types of a method's parameters as the virtual machine tells methods apart. */
  private List<TypeName> parameters(ExecutableElement method) {
    List<? extends TypeMirror> types = memberType(method).getParameterTypes();
    types.forEach(Mentions::in);
    return types.stream()
        .map(parameter -> TypeName.get(tools.types().erasure(parameter)))
        .toList();
  }

  private ExecutableType memberType(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.STATIC)
        ? (ExecutableType) method.asType()
        : (ExecutableType) tools.types().asMemberOf((DeclaredType) type.asType(), method);
  }

  /**
   * Checks the names of a method's companions.
   *
   * @throws Mistake if the wrapper would have another method of that name and those parameters
   */
  void check(ExecutableElement method) {
    for (Companion companion : Companion.values()) {
      String name = companion.of(method.getSimpleName().toString());
      boolean isPresent = isPresent(name, parameters(method));
      if (isPresent || !added.add(name + parameters(method))) {
        throw new Mistake(
            MistakeId.COMPANION,
            "the wrapper adds %s beside %s, but %s; rename one of them",
            name,
            method.getSimpleName(),
            isPresent
                ? type.getSimpleName() + " has a method " + name + " already"
                : "adds it beside another method too");
      }
    }
  }
}
