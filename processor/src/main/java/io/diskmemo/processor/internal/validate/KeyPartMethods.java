package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
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
        .filter(method -> names.add(method.getSimpleName().toString())
            || !method.getParameters().isEmpty()) // two interfaces may have one method
        .toList();
  }

  boolean cover(String field) {
    return Accessors.spellings(field).anyMatch(names::contains);
  }

  /** The parts; mistakes are reported at the method. */
  List<ReceiverPart> parts() {
    return partsBeside(Set.of());
  }

  /** As {@link #parts}, without methods of some names, which are parts already. */
  List<ReceiverPart> partsBeside(Set<String> known) {
    List<ReceiverPart> parts = new ArrayList<>();
    for (ExecutableElement method : methods) {
      if (Placement.mayBeKeyPart(method)
          && !known.contains(method.getSimpleName().toString())) {
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
          "method %s is @KeyPart, but the wrapper cannot call it; make it %s",
          name,
          method.getModifiers().contains(Modifier.PROTECTED) ? "public" : "protected");
    }
    if (!method.getThrownTypes().stream().allMatch(tools::isUnchecked)) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "method %s is @KeyPart, but throws a checked exception, which the wrapper has nowhere to"
              + " throw to; take the exception from it",
          name);
    }
    requireNoCallOfMemoized(method);
    surroundings.use(method);
    Shape shape = shapes.read(method, resultOf(method), name);
    return new ReceiverPart(Accessors.property(name), shape, new KeyComponent.Getter(name));
  }

  /** The wrapper of a final class or an interface is not what its delegate calls. */
  private void requireNoCallOfMemoized(ExecutableElement method) {
    if (type.getKind() != ElementKind.CLASS || type.getModifiers().contains(Modifier.FINAL)) {
      return;
    }
    Set<SourceTrees.OwnCall> calls = tools.sources().ownCalls(method);
    for (ExecutableElement memoized :
        ElementFilter.methodsIn(tools.elements().getAllMembers(type))) {
      if (Annotations.has(memoized, Annotations.DISK_MEMOIZE)
          && calls.contains(SourceTrees.OwnCall.of(memoized))) {
        throw new Mistake(
            MistakeId.KEY_PART,
            "method %s is @KeyPart and calls %s, which is @DiskMemoize, so that making the key of %s"
                + " would never end; compute the state without it",
            method.getSimpleName(),
            memoized.getSimpleName(),
            memoized.getSimpleName());
      }
    }
  }

  private TypeMirror resultOf(ExecutableElement method) {
    DeclaredType receiver = (DeclaredType) type.asType();
    return ((ExecutableType) tools.types().asMemberOf(receiver, method)).getReturnType();
  }
}
