package io.diskmemo.processor.internal.validate;

import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.util.ElementFilter;

/**
 * What the results of a record's methods depend on: its components, unless said not to matter, and
 * methods that are key parts.
 */
final class RecordState {
  private final Tools tools;
  private final Problems problems;
  private final Surroundings surroundings;
  private final TypeElement type;
  private final ShapeReader shapes;

  RecordState(Tools tools, Problems problems, Surroundings surroundings, TypeElement type) {
    this.tools = tools;
    this.problems = problems;
    this.surroundings = surroundings;
    this.type = type;
    this.shapes = new ShapeReader(tools, surroundings, Use.FIELD);
  }

  /** The parts; mistakes are reported at the component or method. */
  List<ReceiverPart> read() {
    List<ReceiverPart> parts = new ArrayList<>();
    Set<String> accessors = new HashSet<>();
    for (RecordComponentElement component : type.getRecordComponents()) {
      boolean isIgnored = Annotations.has(fieldOf(component), Annotations.KEY_IGNORE);
      if (!isIgnored || Annotations.has(fieldOf(component), Annotations.KEY_PART)) {
        accessors.add(component.getSimpleName().toString());
        problems
            .at(component.getAccessor(), () -> part(component, isIgnored))
            .ifPresent(parts::add);
      }
    }
    KeyPartMethods methods = new KeyPartMethods(tools, problems, surroundings, type);
    parts.addAll(methods.partsBeside(accessors));
    return parts;
  }

  /** The annotations of a component are on the field. */
  static Element fieldOf(RecordComponentElement component) {
    return ElementFilter.fieldsIn(Tools.enclosing(component).getEnclosedElements()).stream()
        .filter(field -> field.getSimpleName().equals(component.getSimpleName()))
        .findFirst()
        .orElseThrow();
  }

  private ReceiverPart part(RecordComponentElement component, boolean isIgnored) {
    String name = component.getSimpleName().toString();
    if (isIgnored) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "component %s is both @KeyPart and @KeyIgnore; take one of them from it",
          name);
    }
    ExecutableElement accessor = component.getAccessor();
    if (Annotations.has(accessor, Annotations.DISK_MEMOIZE)) {
      throw new Mistake(
          MistakeId.KEY_PART,
          "component %s of %s is in the key, and its accessor is @DiskMemoize, so its key would"
              + " contain its own result; take @DiskMemoize from it, or annotate the component with"
              + " @KeyIgnore",
          name,
          type.getSimpleName());
    }
    surroundings.use(accessor);
    ExecutableType member =
        (ExecutableType) tools.types().asMemberOf((DeclaredType) type.asType(), accessor);
    Shape shape = shapes.read(fieldOf(component), member.getReturnType(), name);
    return new ReceiverPart(name, shape, new KeyComponent.Getter(name));
  }
}
