package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** The methods that are key parts, inherited ones included. */
final class KeyPartMethods {
  private final Tools tools;
  private final Problems problems;
  private final Surroundings surroundings;
  private final TypeElement type;
  private final ShapeReader shapes;
  private final List<ExecutableElement> methods;
  private final Set<String> names = new HashSet<>();

  KeyPartMethods(Tools tools, Problems problems, Surroundings surroundings, TypeElement type) {
    this.tools = tools;
    this.problems = problems;
    this.surroundings = surroundings;
    this.type = type;
    this.shapes = new ShapeReader(tools, surroundings, Use.KEY_PART);
    this.methods = ElementFilter.methodsIn(tools.elements().getAllMembers(type)).stream()
        .filter(method -> Annotations.has(method, Annotations.KEY_PART))
        .sorted(Comparator.comparing(method -> method.getSimpleName().toString()))
        .toList();
    methods.forEach(method -> names.add(method.getSimpleName().toString()));
  }

  boolean cover(String field) {
    return Accessors.spellings(field).anyMatch(names::contains);
  }

  /** The parts; mistakes are reported at the method. */
  List<ReceiverPart> parts() {
    List<ReceiverPart> parts = new ArrayList<>();
    for (ExecutableElement method : methods) {
      if (Placement.mayBeKeyPart(method)) {
        problems.at(method, () -> part(method)).ifPresent(parts::add);
      }
    }
    return parts;
  }

  private ReceiverPart part(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (Annotations.has(method, Annotations.DISK_MEMOIZE)) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "method %s is both @KeyPart and @DiskMemoize, so its key would contain its own result;"
              + " take one of them from it",
          name);
    }
    if (!surroundings.inherits(method)) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "method %s is @KeyPart, but the wrapper cannot call it; make it protected",
          name);
    }
    if (!method.getThrownTypes().stream().allMatch(tools::isUnchecked)) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "method %s is @KeyPart, but throws a checked exception, which the wrapper has nowhere to"
              + " throw to; take the exception from it",
          name);
    }
    surroundings.use(method);
    Shape shape = shapes.read(method, resultOf(method), name);
    return new ReceiverPart(Accessors.property(name), shape, new KeyComponent.Getter(name));
  }

  private TypeMirror resultOf(ExecutableElement method) {
    DeclaredType receiver = (DeclaredType) type.asType();
    return ((ExecutableType) tools.types().asMemberOf(receiver, method)).getReturnType();
  }
}
