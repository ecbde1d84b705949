package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.ArrayShape;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.MapShape;
import io.diskmemo.processor.internal.model.OptionalShape;
import io.diskmemo.processor.internal.model.Recurrence;
import io.diskmemo.processor.internal.model.SequenceShape;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/**
 * Reads the shape of one class that is kept as JSON, and of what is inside it. What would come back as
 * something else, such as a property of type {@link Object}, is a mistake that names the path to it.
 */
final class JsonShapes {
  private static final int MAX_DEPTH = 32;

  /** Classes of the platform that come back as they were. */
  private static final Set<String> WHOLE =
      Set.of("java.util.Currency", "java.util.Date", "java.util.Locale", "java.net.URL");

  private final Tools tools;
  private final Use use;
  private final Map<TypeName, Shape> known = new HashMap<>();
  private final Set<TypeName> open = new HashSet<>();

  JsonShapes(Tools tools, Use use) {
    this.tools = tools;
    this.use = use;
  }

  /**
   * Reads a class.
   *
   * @param path how a person would call the value of that type
   * @throws UnresolvedTypeException if it mentions a type that does not exist yet
   * @throws Mistake if something inside has no shape
   */
  Shape read(DeclaredType type, String path) {
    TypeName name = TypeName.get(type);
    if (known.containsKey(name)) {
      return known.get(name);
    }
    if (open.contains(name)) {
      return new Recurrence(name);
    }
    if (open.size() == MAX_DEPTH) {
      throw use.growing(path, name);
    }
    open.add(name);
    List<JsonShape.Property> properties = new ArrayList<>();
    JsonMembers.of(tools, use, type, path)
        .forEach((property, propertyType) -> properties.add(
            new JsonShape.Property(property, shape(propertyType, path + "." + property))));
    open.remove(name);
    Shape shape = new JsonShape(name, List.copyOf(properties));
    known.put(name, shape);
    return shape;
  }

  private Shape shape(TypeMirror type, String path) {
    Leaf leaf = Leaf.of(TypeName.get(type)).orElse(null);
    if (leaf == Leaf.PATH || leaf == Leaf.FILE) {
      throw unsupported(type, path, "use String, as Jackson makes paths absolute");
    }
    if (leaf != null) {
      return leaf;
    }
    if (type.getKind() == TypeKind.ARRAY) {
      Shape component = shape(((ArrayType) type).getComponentType(), path + "[]");
      return new ArrayShape(ArrayTypeName.of(component.type()), component);
    }
    if (type.getKind() == TypeKind.DECLARED) {
      return declared((DeclaredType) type, path);
    }
    throw unsupported(type, path, "use a type that is known at compile time");
  }

  private Shape declared(DeclaredType type, String path) {
    TypeElement element = (TypeElement) type.asElement();
    if (type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty()) {
      throw unsupported(type, path, "give " + element.getSimpleName() + " its type arguments");
    }
    if (element.getKind() == ElementKind.ENUM) {
      JsonMembers.requireNoOwnForm(element, path);
      return new EnumShape(ClassName.get(element));
    }
    String name = element.getQualifiedName().toString();
    if (WHOLE.contains(name)) {
      return new JsonShape(TypeName.get(type), List.of());
    }
    return switch (name) {
      case "java.util.List", "java.util.ArrayList", "java.util.LinkedList" ->
        sequence(SequenceShape.Kind.LIST, type, path);
      case "java.util.Set", "java.util.HashSet", "java.util.LinkedHashSet" ->
        sequence(SequenceShape.Kind.SET, type, path);
      case "java.util.Map", "java.util.HashMap", "java.util.LinkedHashMap" -> map(type, path);
      case "java.util.Optional" ->
        new OptionalShape(TypeName.get(type), "get", argument(type, 0, path + ".get()"));
      case "java.util.OptionalInt" -> new OptionalShape(TypeName.get(type), "getAsInt", Leaf.INT);
      case "java.util.OptionalLong" ->
        new OptionalShape(TypeName.get(type), "getAsLong", Leaf.LONG);
      case "java.util.OptionalDouble" ->
        new OptionalShape(TypeName.get(type), "getAsDouble", Leaf.DOUBLE);
      default -> other(element, type, path);
    };
  }

  private Shape other(TypeElement element, DeclaredType type, String path) {
    if (element.getKind() == ElementKind.RECORD || WaysOut.isData(tools, type)) {
      return read(type, path);
    }
    throw unsupported(type, path, WaysOut.of(tools, type, use));
  }

  private Shape sequence(SequenceShape.Kind kind, DeclaredType type, String path) {
    return new SequenceShape(kind, TypeName.get(type), argument(type, 0, path + "[]"));
  }

  private Shape map(DeclaredType type, String path) {
    Shape key = argument(type, 0, path + "[key]");
    if (!(key instanceof Leaf || key instanceof EnumShape) || key.type() instanceof ArrayTypeName) {
      throw unsupported(type.getTypeArguments().get(0), path + "[key]", "use String as key");
    }
    ParameterizedTypeName name = (ParameterizedTypeName) TypeName.get(type);
    return new MapShape(
        name,
        ParameterizedTypeName.get(
            ClassName.get(Map.Entry.class), name.typeArguments().toArray(new TypeName[0])),
        key,
        argument(type, 1, path + "[value]"));
  }

  private Shape argument(DeclaredType type, int index, String path) {
    TypeMirror argument = type.getTypeArguments().get(index);
    if (argument instanceof WildcardType wildcard) {
      if (wildcard.getExtendsBound() == null) {
        throw unsupported(argument, path, "name the type instead of the wildcard");
      }
      return shape(wildcard.getExtendsBound(), path);
    }
    return shape(argument, path);
  }

  private Mistake unsupported(TypeMirror type, String path, String wayOut) {
    return use.unsupported(path, TypeName.get(type), wayOut);
  }
}
