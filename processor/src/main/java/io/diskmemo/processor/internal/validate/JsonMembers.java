package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one class as Jackson sees them: public fields, fields with a getter or
 * {@code @JsonProperty}, other getters, and the parameters of the constructor that it calls. Nothing
 * here depends on the order of members, or on names of parameters, which class files need not have.
 */
final class JsonMembers {
  private static final String JSON = "com.fasterxml.jackson.annotation.";
  private static final Pattern GETTER = Pattern.compile("get[^a-z].*");
  private static final Pattern BOOLEAN_GETTER = Pattern.compile("is[^a-z].*");

  /** With these a class or member has a form of its own, of which its type says nothing. */
  private static final List<String> OWN_FORM = List.of(
      JSON + "JsonAnyGetter",
      JSON + "JsonTypeInfo",
      JSON + "JsonUnwrapped",
      JSON + "JsonValue",
      "tools.jackson.databind.annotation.JsonDeserialize",
      "tools.jackson.databind.annotation.JsonSerialize");

  private final Tools tools;
  private final Use use;
  private final DeclaredType type;
  private final String path;
  private final List<ExecutableElement> getters;
  private final Map<String, TypeMirror> types = new TreeMap<>();

  private JsonMembers(Tools tools, Use use, DeclaredType type, String path) {
    this.tools = tools;
    this.use = use;
    this.type = type;
    this.path = path;
    this.getters =
        ElementFilter.methodsIn(tools.elements().getAllMembers((TypeElement) type.asElement()))
            .stream()
            .filter(this::isGetter)
            .toList();
  }

  /**
   * The types of the properties by name.
   *
   * @throws UnresolvedTypeException if one does not exist yet
   * @throws Mistake if a field would be lost, or the class has a form of its own
   */
  static Map<String, TypeMirror> of(Tools tools, Use use, DeclaredType type, String path) {
    JsonMembers members = new JsonMembers(tools, use, type, path);
    members.read();
    members.types.values().forEach(Mentions::in);
    return members.types;
  }

  private void read() {
    for (DeclaredType owner : hierarchy()) {
      requireNoOwnForm(owner.asElement());
      for (VariableElement field :
          ElementFilter.fieldsIn(owner.asElement().getEnclosedElements())) {
        if (isState(field)) {
          readField(owner, field);
        }
      }
    }
    getters.forEach(this::readGetter);
    creator().ifPresent(this::readCreator);
  }

  /** The class and its superclasses that can have fields. */
  private List<DeclaredType> hierarchy() {
    List<DeclaredType> hierarchy = new ArrayList<>();
    DeclaredType next = type;
    while (!tools.isObject(next) && !isRecord(next)) {
      if (WaysOut.isOfPlatform((TypeElement) next.asElement())) {
        throw use.unsupported(path, type, WaysOut.of(tools, type, use));
      }
      hierarchy.add(next);
      if (((TypeElement) next.asElement()).getSuperclass().getKind() == TypeKind.ERROR) {
        throw new UnresolvedTypeException();
      }
      next = (DeclaredType) tools.types().directSupertypes(next).get(0);
    }
    return hierarchy;
  }

  private static boolean isRecord(DeclaredType type) {
    return ((TypeElement) type.asElement()).getQualifiedName().contentEquals("java.lang.Record");
  }

  private static boolean isState(VariableElement field) {
    Set<Modifier> modifiers = field.getModifiers();
    return !modifiers.contains(Modifier.STATIC)
        && !modifiers.contains(Modifier.TRANSIENT)
        && field.getConstantValue() == null;
  }

  private boolean isGetter(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    boolean isNamedSo = GETTER.matcher(name).matches()
        || (BOOLEAN_GETTER.matcher(name).matches()
            && method.getReturnType().getKind() == TypeKind.BOOLEAN);
    return (isNamedSo || explicitName(method).isPresent())
        && method.getModifiers().contains(Modifier.PUBLIC)
        && !method.getModifiers().contains(Modifier.STATIC)
        && method.getParameters().isEmpty()
        && method.getReturnType().getKind() != TypeKind.VOID
        && !tools.isObject(Tools.enclosing(method).asType());
  }

  private void readField(DeclaredType owner, VariableElement field) {
    List<Element> all = allOf(field);
    all.forEach(this::requireNoOwnForm);
    if (isIgnored(owner, field) || all.stream().anyMatch(JsonMembers::isIgnored)) {
      throw lost(field, "Jackson is told to ignore it", "");
    }
    if (!isRecord(owner, field)
        && !field.getModifiers().contains(Modifier.PUBLIC)
        && explicitName(field).isEmpty()
        && gettersOf(field).isEmpty()) {
      throw lost(field, "it is not public and has no getter", "add one, ");
    }
    String name = all.stream()
        .flatMap(member -> explicitName(member).stream())
        .filter(explicit -> !explicit.isEmpty())
        .findFirst()
        .orElse(field.getSimpleName().toString());
    if (types.put(name, tools.types().asMemberOf(owner, field)) != null) {
      throw lost(field, "another field has its name", "rename one, ");
    }
  }

  private static boolean isRecord(DeclaredType owner, VariableElement field) {
    return owner.asElement().getKind() == ElementKind.RECORD
        && field.getModifiers().contains(Modifier.PRIVATE);
  }

  private Mistake lost(VariableElement field, String reason, String wayOut) {
    return new Mistake(
        MistakeId.UNSUPPORTED_RESULT,
        "result %s.%s would be lost, as %s is kept as JSON and %s; %smake %s a record, or name a"
            + " Codec with @StoredBy",
        path,
        field.getSimpleName(),
        type.asElement().getSimpleName(),
        reason,
        wayOut,
        type.asElement().getSimpleName());
  }

  /** The field with its getters and its setter. */
  private List<Element> allOf(VariableElement field) {
    String setter = "set" + field.getSimpleName();
    Stream<ExecutableElement> setters =
        ElementFilter.methodsIn(tools.elements().getAllMembers((TypeElement) type.asElement()))
            .stream()
            .filter(method -> method.getSimpleName().toString().equalsIgnoreCase(setter));
    return Stream.of(Stream.of(field), gettersOf(field).stream(), setters)
        .<Element>flatMap(members -> members)
        .toList();
  }

  private List<ExecutableElement> gettersOf(VariableElement field) {
    return getters.stream().filter(getter -> isOf(field, getter)).toList();
  }

  /** {@code getUrl}, {@code getURL} or {@code isUrl} of {@code url}; {@code isNew} of {@code isNew}. */
  private static boolean isOf(VariableElement field, ExecutableElement getter) {
    String name = getter.getSimpleName().toString();
    return Accessors.property(name).equalsIgnoreCase(field.getSimpleName().toString())
        || getter.getSimpleName().equals(field.getSimpleName());
  }

  private void readGetter(ExecutableElement getter) {
    requireNoOwnForm(getter);
    if (isIgnored(getter)) {
      return;
    }
    String name = explicitName(getter)
        .filter(explicit -> !explicit.isEmpty())
        .orElse(Accessors.property(getter.getSimpleName().toString()));
    TypeMirror result = memberType(getter).getReturnType();
    boolean isThatOfField = types.entrySet().stream()
        .anyMatch(known -> known.getKey().equalsIgnoreCase(name)
            && tools.types().isSameType(known.getValue(), result));
    if (!isThatOfField) {
      types.put(name + "()", result);
    }
  }

  /** The constructor that Jackson calls with arguments, if there is no doubt. */
  private Optional<ExecutableElement> creator() {
    List<ExecutableElement> constructors =
        ElementFilter.constructorsIn(type.asElement().getEnclosedElements());
    List<ExecutableElement> marked = Stream.concat(
            constructors.stream(),
            ElementFilter.methodsIn(type.asElement().getEnclosedElements()).stream())
        .filter(executable -> Annotations.has(executable, JSON + "JsonCreator"))
        .toList();
    if (marked.size() == 1) {
      return Optional.of(marked.get(0));
    }
    return Optional.of(constructors)
        .filter(all -> all.size() == 1)
        .map(all -> all.get(0))
        .filter(only -> only.getModifiers().contains(Modifier.PUBLIC));
  }

  private void readCreator(ExecutableElement creator) {
    int index = 0;
    for (VariableElement parameter : creator.getParameters()) {
      String name = explicitName(parameter).orElse("");
      types.put(
          "(" + index + ")" + name,
          creator.getKind() == ElementKind.CONSTRUCTOR
              ? memberType(creator).getParameterTypes().get(index)
              : parameter.asType());
      index++;
    }
  }

  private ExecutableType memberType(ExecutableElement executable) {
    return (ExecutableType) tools.types().asMemberOf(type, executable);
  }

  private void requireNoOwnForm(Element element) {
    requireNoOwnForm(element, path);
  }

  /**
   * Requires that a class, or a member of one, does not say itself how it is written.
   *
   * @throws Mistake if it does
   */
  static void requireNoOwnForm(Element element, String path) {
    for (Element each : withMembers(element)) {
      OWN_FORM.stream().filter(form -> Annotations.has(each, form)).findFirst().ifPresent(form -> {
        throw new Mistake(
            MistakeId.UNSUPPORTED_RESULT,
            "result %s has a form of its own as JSON, by @%s, of which nothing is known; name a Codec"
                + " with @StoredBy",
            path,
            form.substring(form.lastIndexOf('.') + 1));
      });
    }
  }

  private static List<Element> withMembers(Element element) {
    List<Element> all = new ArrayList<>(element.getEnclosedElements());
    all.add(element);
    return all;
  }

  private static boolean isIgnored(Element member) {
    return Annotations.has(member, JSON + "JsonIgnore");
  }

  private boolean isIgnored(DeclaredType owner, VariableElement field) {
    return Stream.of(owner, type)
        .flatMap(each -> Annotations.find(each.asElement(), JSON + "JsonIgnoreProperties").stream())
        .flatMap(annotation -> values(Annotations.value(tools, annotation, "value")))
        .anyMatch(field.getSimpleName()::contentEquals);
  }

  private static Stream<String> values(@Nullable Object array) {
    return array instanceof List<?> list
        ? list.stream().map(value -> ((AnnotationValue) value).getValue().toString())
        : Stream.empty();
  }

  /** The name that {@code @JsonProperty} gives; empty text if it gives none. */
  private Optional<String> explicitName(Element element) {
    return Annotations.find(element, JSON + "JsonProperty")
        .map(property -> String.valueOf(Annotations.value(tools, property, "value")));
  }
}
