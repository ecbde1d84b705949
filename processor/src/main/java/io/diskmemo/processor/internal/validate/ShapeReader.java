package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.ArrayShape;
import io.diskmemo.processor.internal.model.EncodableShape;
import io.diskmemo.processor.internal.model.EncodedShape;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.MapShape;
import io.diskmemo.processor.internal.model.OptionalShape;
import io.diskmemo.processor.internal.model.RecordShape;
import io.diskmemo.processor.internal.model.Recurrence;
import io.diskmemo.processor.internal.model.SealedShape;
import io.diskmemo.processor.internal.model.SequenceShape;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;

/**
 * Reads the shape of types, for one wrapper and one use. A type without a shape is a mistake that
 * names the path to it, such as {@code Report.rows[].cell}.
 */
final class ShapeReader {
  /** Enough for any data; a generic record that contains ever longer types of itself ends here. */
  private static final int MAX_DEPTH = 32;

  private final Tools tools;
  private final Surroundings surroundings;
  private final Use use;
  private final SealedTypes sealedTypes;
  private final UserClasses encoders;

  /** Those read so far; while one is open, some may contain others only by name. */
  private final Map<TypeName, Shape> known = new HashMap<>();

  private final Set<TypeName> open = new LinkedHashSet<>();
  private final Set<TypeName> unfinished = new HashSet<>();
  private boolean recurs;

  ShapeReader(Tools tools, Surroundings surroundings, Use use) {
    this.tools = tools;
    this.surroundings = surroundings;
    this.use = use;
    this.sealedTypes = new SealedTypes(tools);
    this.encoders = UserClasses.encoders(tools, surroundings);
  }

  /**
   * Reads a type.
   *
   * @param path how a person would call the value of that type
   * @throws UnresolvedTypeException if it mentions a type that does not exist yet
   * @throws Mistake if it has no shape
   */
  Shape read(TypeMirror type, String path) {
    surroundings.mention(type);
    return shape(withoutVariables(type, path), path);
  }

  /** As {@link #read(TypeMirror, String)}, of an element that may name an encoder. */
  Shape read(Element element, TypeMirror type, String path) {
    Optional<AnnotationMirror> keyedBy = Annotations.find(element, Annotations.KEYED_BY);
    if (keyedBy.isEmpty()) {
      return read(type, path);
    }
    surroundings.mention(type);
    TypeMirror known = withoutVariables(type, path);
    ClassName encoder = encoders.named(keyedBy.get(), known, false);
    return new EncodedShape(TypeName.get(known).box(), encoder);
  }

  private TypeMirror withoutVariables(TypeMirror type, String path) {
    for (TypeVariable variable : Mentions.variablesIn(type)) {
      if (tools.isObject(variable.getUpperBound())) {
        throw use.variable(path, variable);
      }
    }
    return TypeVariables.replaced(tools, type);
  }

  private Shape shape(TypeMirror type, String path) {
    if (!use.isRead() && type.getKind() == TypeKind.DECLARED) {
      Optional<Shape> encoded = encoded(type);
      if (encoded.isPresent()) {
        return encoded.get();
      }
    }
    Optional<Leaf> leaf = Leaf.of(TypeName.get(type));
    if (leaf.isPresent()) {
      return leaf.get();
    }
    if (type.getKind() == TypeKind.ARRAY) {
      return array((ArrayType) type, path);
    }
    if (type.getKind() == TypeKind.DECLARED) {
      return declared((DeclaredType) type, path);
    }
    throw unsupported(type, path, "use a type that is known at compile time");
  }

  /** What its own code, or an encoder that is registered, writes. */
  private Optional<Shape> encoded(TypeMirror type) {
    if (tools.isKindOf(type, "io.diskmemo.key.KeyEncodable")) {
      return Optional.of(new EncodableShape(TypeName.get(type)));
    }
    return tools.encoders().find(tools, type).map(encoder -> {
      surroundings.mention(encoder.asType());
      return new EncodedShape(TypeName.get(type), ClassName.get(encoder));
    });
  }

  private Shape array(ArrayType type, String path) {
    Shape component = shape(type.getComponentType(), path + "[]");
    return new ArrayShape(ArrayTypeName.of(component.type()), component);
  }

  private Shape declared(DeclaredType type, String path) {
    TypeElement element = (TypeElement) type.asElement();
    if (type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty()) {
      throw unsupported(type, path, "give " + element.getSimpleName() + " its type arguments");
    }
    if (element.getKind() == ElementKind.ENUM) {
      return new EnumShape(ClassName.get(element));
    }
    if (element.getQualifiedName().contentEquals("java.lang.Enum") && !use.isRead()) {
      return new EnumShape(TypeName.get(type));
    }
    if (element.getKind() == ElementKind.RECORD) {
      return once(type, path, name -> newRecord(element, type, name, path));
    }
    if (SealedTypes.isSealed(element)) {
      return once(type, path, name -> newSealed(type, name, path));
    }
    return switch (element.getQualifiedName().toString()) {
      case "java.util.List" -> sequence(SequenceShape.Kind.LIST, type, path);
      case "java.util.Set" -> sequence(SequenceShape.Kind.SET, type, path);
      case "java.util.Map" -> map(type, path);
      case "java.util.Optional" ->
        new OptionalShape(TypeName.get(type), "get", argument(type, 0, path + ".get()"));
      case "java.util.OptionalInt" -> optional(type, "getAsInt", Leaf.INT);
      case "java.util.OptionalLong" -> optional(type, "getAsLong", Leaf.LONG);
      case "java.util.OptionalDouble" -> optional(type, "getAsDouble", Leaf.DOUBLE);
      default -> other(element, type, path);
    };
  }

  private Shape other(TypeElement element, DeclaredType type, String path) {
    if (use.isRead() && element.getTypeParameters().isEmpty() && WaysOut.isData(tools, type)) {
      String start = open.isEmpty() ? element.getSimpleName().toString() : path;
      return new JsonShapes(tools, use).read(type, start);
    }
    throw unsupported(type, path, WaysOut.of(tools, type, use));
  }

  private static Shape optional(DeclaredType type, String getter, Leaf value) {
    return new OptionalShape(TypeName.get(type), getter, value);
  }

  private Shape sequence(SequenceShape.Kind kind, DeclaredType type, String path) {
    return new SequenceShape(kind, TypeName.get(type), argument(type, 0, path + "[]"));
  }

  private Shape map(DeclaredType type, String path) {
    ParameterizedTypeName name = (ParameterizedTypeName) TypeName.get(type);
    TypeName entry = ParameterizedTypeName.get(
        ClassName.get(Map.Entry.class), name.typeArguments().toArray(new TypeName[0]));
    return new MapShape(
        name, entry, argument(type, 0, path + "[key]"), argument(type, 1, path + "[value]"));
  }

  private Shape argument(DeclaredType type, int index, String path) {
    TypeMirror argument = type.getTypeArguments().get(index);
    if (argument.getKind() != TypeKind.WILDCARD) {
      return shape(argument, path);
    }
    TypeMirror bound = ((WildcardType) argument).getExtendsBound();
    if (bound == null) {
      throw unsupported(argument, path, "name the type instead of the wildcard");
    }
    return shape(bound, path);
  }

  /** The shape of a type that can hold itself. */
  private Shape once(DeclaredType type, String path, Function<TypeName, Shape> reader) {
    TypeName name = TypeName.get(type);
    if (known.containsKey(name)) {
      return known.get(name);
    }
    if (open.contains(name)) {
      recurs = true;
      return new Recurrence(name);
    }
    if (open.size() == MAX_DEPTH) {
      throw use.growing(path, name);
    }
    if (type.getTypeArguments().stream().anyMatch(a -> a.getKind() == TypeKind.WILDCARD)) {
      throw unsupported(type, path, "name the type instead of the wildcard");
    }
    open.add(name);
    try {
      Shape shape = reader.apply(name);
      known.put(name, shape);
      unfinished.add(name);
      return shape;
    } finally {
      open.remove(name);
      if (open.isEmpty()) {
        finish();
      }
    }
  }

  /** Forgets shapes that are complete only inside the one that was read. */
  private void finish() {
    if (recurs) {
      known.keySet().removeAll(unfinished);
    }
    unfinished.clear();
    recurs = false;
  }

  private Shape newSealed(DeclaredType type, TypeName name, String path) {
    List<Shape> subtypes = new ArrayList<>();
    for (DeclaredType subtype : sealedTypes.leavesOf(type)) {
      subtypes.add(read(subtype, start((TypeElement) subtype.asElement(), path)));
    }
    if (subtypes.isEmpty()) {
      throw unsupported(
          type, path, "give it type arguments of which one of the types that it permits can be");
    }
    return new SealedShape(name, List.copyOf(subtypes));
  }

  /** A result is told by its type, as it has no name. */
  private String start(TypeElement element, String path) {
    return open.size() == 1 && use.isRead() ? "" + element.getSimpleName() : path;
  }

  private RecordShape newRecord(
      TypeElement element, DeclaredType type, TypeName name, String path) {
    if (use.isRead()) {
      canonicalConstructor(element).ifPresent(surroundings::use);
    }
    String start = start(element, path);
    List<RecordShape.Component> components = new ArrayList<>();
    for (RecordComponentElement component : element.getRecordComponents()) {
      surroundings.use(component.getAccessor());
      if (!isLeftOut(component)) {
        components.add(component(component, type, start));
      }
    }
    return new RecordShape(
        name,
        tools.elements().getBinaryName(element).toString(),
        List.copyOf(components),
        tools.sources().comparesComponents(element)
            && components.size() == element.getRecordComponents().size(),
        tools.sources().keepsArguments(tools.elements(), element));
  }

  private static Optional<ExecutableElement> canonicalConstructor(TypeElement element) {
    List<TypeName> types = typesOf(element.getRecordComponents());
    return ElementFilter.constructorsIn(element.getEnclosedElements()).stream()
        .filter(constructor -> typesOf(constructor.getParameters()).equals(types))
        .findFirst();
  }

  private static List<TypeName> typesOf(List<? extends Element> elements) {
    return elements.stream().map(e -> TypeName.get(e.asType())).toList();
  }

  /** Results are stored with all that they have. */
  private boolean isLeftOut(RecordComponentElement component) {
    return !use.isRead() && Annotations.has(RecordState.fieldOf(component), Annotations.KEY_IGNORE);
  }

  private RecordShape.Component component(
      RecordComponentElement component, DeclaredType type, String start) {
    String name = component.getSimpleName().toString();
    String path = start + "." + name;
    ExecutableType accessor =
        (ExecutableType) tools.types().asMemberOf(type, component.getAccessor());
    return new RecordShape.Component(
        name,
        use.isRead()
            ? read(accessor.getReturnType(), path)
            : read(RecordState.fieldOf(component), accessor.getReturnType(), path));
  }

  private Mistake unsupported(TypeMirror type, String path, String wayOut) {
    return use.unsupported(path, TypeName.get(type), wayOut);
  }
}
