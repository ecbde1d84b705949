package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** The constructor parameters that are key parts: every constructor has them, with one type. */
final class CapturedParameters {
  private final Tools tools;
  private final Problems problems;
  private final List<ExecutableElement> constructors;
  private final ShapeReader shapes;
  private final Map<String, VariableElement> first = new LinkedHashMap<>();
  private final List<Parameter> kept = new ArrayList<>();

  CapturedParameters(
      Tools tools,
      Problems problems,
      Surroundings surroundings,
      List<ExecutableElement> constructors) {
    this.tools = tools;
    this.problems = problems;
    this.constructors = constructors;
    this.shapes = new ShapeReader(tools, surroundings, Use.KEY_PART);
    for (ExecutableElement constructor : constructors) {
      for (VariableElement parameter : constructor.getParameters()) {
        if (isKeyPart(parameter)) {
          first.putIfAbsent(parameter.getSimpleName().toString(), parameter);
        }
      }
    }
  }

  boolean cover(String field) {
    return first.containsKey(field);
  }

  /** Those that were read, of types in which variables of a constructor mean nothing. */
  List<Parameter> parameters() {
    return List.copyOf(kept);
  }

  /** The parts; mistakes are reported at the constructor or parameter. */
  List<ReceiverPart> parts() {
    List<ReceiverPart> parts = new ArrayList<>();
    for (VariableElement parameter : first.values()) {
      for (ExecutableElement constructor : constructors) {
        problems.at(constructor, () -> requireIn(constructor, parameter));
      }
      problems.at(parameter, () -> part(parameter)).ifPresent(parts::add);
    }
    return parts;
  }

  private ReceiverPart part(VariableElement parameter) {
    String name = parameter.getSimpleName().toString();
    Shape shape = shapes.read(parameter, parameter.asType(), name);
    if (!shape.isFixed()) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "constructor parameter %s has type %s, which the caller may change later; put @KeyPart on"
              + " the field %s or on a method %s() instead",
          name,
          shape.type(),
          name,
          name);
    }
    kept.add(new Parameter(name, shape.type(), shape.type(), List.of()));
    return new ReceiverPart(name, shape, new KeyComponent.Captured(name));
  }

  private VariableElement requireIn(ExecutableElement constructor, VariableElement wanted) {
    Optional<? extends VariableElement> same = constructor.getParameters().stream()
        .filter(p -> isKeyPart(p) && p.getSimpleName().equals(wanted.getSimpleName()))
        .filter(p -> tools.types().isSameType(withoutVariables(p), withoutVariables(wanted)))
        .findFirst();
    return same.orElseThrow(() -> new Mistake(
        MistakeId.KEY_PART,
        "this constructor lacks the parameter @KeyPart %s %s of another, so the key would"
            + " lack it; add the parameter, make the constructor private, or put @KeyPart on"
            + " a method %s() instead",
        TypeName.get(wanted.asType()),
        wanted.getSimpleName(),
        wanted.getSimpleName()));
  }

  private TypeMirror withoutVariables(VariableElement parameter) {
    return TypeVariables.replaced(tools, parameter.asType());
  }

  private static boolean isKeyPart(VariableElement parameter) {
    return Annotations.has(parameter, Annotations.KEY_PART);
  }
}
