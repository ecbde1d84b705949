package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/**
 * What the results of a class depend on beside the arguments: every instance field, of superclasses
 * too, is in the key or said not to matter. Mistakes are reported at the field.
 */
final class ReceiverState {
  private final Tools tools;
  private final Problems problems;
  private final Surroundings surroundings;
  private final TypeElement type;
  private final boolean isConstructed;
  private final ShapeReader fieldShapes;
  private final CapturedParameters captured;
  private final KeyPartMethods methods;
  private final List<ReceiverPart> parts = new ArrayList<>();

  ReceiverState(
      Tools tools,
      Problems problems,
      Surroundings surroundings,
      TypeElement type,
      List<ExecutableElement> constructors) {
    this.tools = tools;
    this.problems = problems;
    this.surroundings = surroundings;
    this.type = type;
    this.isConstructed = !constructors.isEmpty();
    this.fieldShapes = new ShapeReader(tools, surroundings, Use.FIELD);
    this.captured = new CapturedParameters(tools, problems, surroundings, constructors);
    this.methods = new KeyPartMethods(tools, problems, surroundings, type);
  }

  /** The state of a class that is not extended: the wrapper does not see how it is constructed. */
  static ReceiverState ofDelegate(
      Tools tools, Problems problems, Surroundings surroundings, TypeElement type) {
    return new ReceiverState(tools, problems, surroundings, type, List.of());
  }

  /** Reads the state; incomplete if a mistake was reported. */
  List<ReceiverPart> read() {
    Set<String> hidden = new HashSet<>();
    List<List<ReceiverPart>> byClass = new ArrayList<>();
    for (DeclaredType owner : Superclasses.of(tools, type)) {
      byClass.add(0, fieldsOf(owner, hidden));
    }
    byClass.forEach(parts::addAll);
    parts.addAll(captured.parts());
    parts.addAll(methods.parts());
    return parts;
  }

  /** The constructor parameters that the wrapper keeps. */
  List<Parameter> captured() {
    return captured.parameters();
  }

  private List<ReceiverPart> fieldsOf(DeclaredType owner, Set<String> hidden) {
    List<ReceiverPart> found = new ArrayList<>();
    List<VariableElement> fields = ElementFilter.fieldsIn(owner.asElement().getEnclosedElements());
    for (VariableElement field : fields) {
      String name = field.getSimpleName().toString();
      boolean isHidden = hidden.contains(name);
      if (isState(field)) {
        problems.at(field, () -> part(owner, field, isHidden)).ifPresent(found::addAll);
      }
    }
    fields.forEach(field -> hidden.add(field.getSimpleName().toString()));
    return found;
  }

  private static boolean isState(VariableElement field) {
    return !field.getModifiers().contains(Modifier.STATIC) && field.getConstantValue() == null;
  }

  private List<ReceiverPart> part(DeclaredType owner, VariableElement field, boolean isHidden) {
    boolean isPart = Annotations.has(field, Annotations.KEY_PART);
    boolean isIgnored = Annotations.has(field, Annotations.KEY_IGNORE);
    if (isPart && isIgnored) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "field %s is both @KeyPart and @KeyIgnore; take one of them from it",
          field.getSimpleName());
    }
    if (isPart) {
      return List.of(fieldPart(owner, field, isHidden));
    }
    if (!isIgnored) {
      requireCovered(owner, field, isHidden);
    }
    return List.of();
  }

  private ReceiverPart fieldPart(DeclaredType owner, VariableElement field, boolean isHidden) {
    String name = field.getSimpleName().toString();
    if (!isRead(field, isHidden)) {
      boolean isPrivate = field.getModifiers().contains(Modifier.PRIVATE);
      throw new Mistake(
          MistakeId.KEY_PART,
          "field %s is %s, so the wrapper cannot read it; make it %s, or put @KeyPart on a%s"
              + " method %s() instead",
          name,
          isPrivate ? "private" : (isHidden ? "hidden, and " : "") + "in another package",
          isPrivate ? "package-private" : isHidden ? "public" : "protected",
          isConstructed ? " constructor parameter " + name + " or a" : "",
          name);
    }
    surroundings.use(field);
    Shape shape = fieldShapes.read(field, tools.types().asMemberOf(owner, field), name);
    return new ReceiverPart(
        name,
        shape,
        new KeyComponent.Field(
            name, TypeName.get(owner), isHidden, field.getModifiers().contains(Modifier.FINAL)));
  }

  /** A hidden field is read by way of its class, which shows protected ones to its package only. */
  private boolean isRead(VariableElement field, boolean isHidden) {
    return isHidden ? surroundings.seesByModifiers(field) : surroundings.inherits(field);
  }

  private void requireCovered(DeclaredType owner, VariableElement field, boolean isHidden) {
    String name = field.getSimpleName().toString();
    if (methods.cover(name) || isReportedAtConstructor(name)) {
      return;
    }
    boolean isFinal = field.getModifiers().contains(Modifier.FINAL);
    if (captured.cover(name) && isFinal) {
      return;
    }
    if (captured.cover(name)) {
      throw new Mistake(
          MistakeId.RECEIVER_STATE,
          "field %s of %s may change after the @KeyPart constructor parameter %s was kept; make the"
              + " field final, or put @KeyPart on a method %s() instead",
          name,
          owner.asElement().getSimpleName(),
          name,
          name);
    }
    throw new Mistake(
        MistakeId.RECEIVER_STATE,
        "field %s of %s is not in the key; if it influences results, put @KeyPart on %s; if not,"
            + " annotate the field with @KeyIgnore",
        name,
        owner.asElement().getSimpleName(),
        places(field, isHidden, name, isFinal));
  }

  /** The parameter that is to cover the field is a mistake of its own. */
  private boolean isReportedAtConstructor(String field) {
    return !isConstructed
        && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .flatMap(constructor -> constructor.getParameters().stream())
            .anyMatch(parameter -> parameter.getSimpleName().contentEquals(field)
                && Annotations.has(parameter, Annotations.KEY_PART));
  }

  private String places(VariableElement field, boolean isHidden, String name, boolean isFinal) {
    List<String> places = new ArrayList<>();
    if (isRead(field, isHidden)) {
      places.add("it");
    }
    if (isFinal && isConstructed) {
      places.add("a constructor parameter " + name);
    }
    places.add("a method " + name + "()");
    return String.join(" or ", places);
  }
}
