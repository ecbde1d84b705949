package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Resolves the names in the tags of one method. */
final class TagReader {
  private final Tools tools;
  private final Accessors accessors;
  private final Signatures signatures;
  private final ExecutableElement method;
  private final ComponentNames components;

  TagReader(
      Tools tools,
      Accessors accessors,
      Signatures signatures,
      ExecutableElement method,
      ComponentNames components) {
    this.tools = tools;
    this.accessors = accessors;
    this.signatures = signatures;
    this.method = method;
    this.components = components;
  }

  Tag read(String template) {
    TagTemplates.refuseInvisible(template);
    ForeignTemplates.refuse(template, parameterNames());
    List<Tag.Part> parts = new ArrayList<>();
    for (TagTemplates.Piece piece : TagTemplates.parse(template)) {
      parts.add(piece.isName() ? value(template, piece.text()) : new Tag.Text(piece.text()));
    }
    return new Tag(template, List.copyOf(parts));
  }

  private Tag.Value value(String template, String path) {
    String[] names = path.split("\\.", -1);
    VariableElement parameter = parameter(template, names[0]);
    TypeMirror type = typeOf(parameter);
    List<Tag.Accessor> steps = new ArrayList<>();
    for (int i = 1; i < names.length; i++) {
      ExecutableElement accessor = accessors.find(template, type, names[i]);
      requireComponentInKey(template, accessor);
      type = accessors.resultOf(type, accessor);
      steps.add(
          new Tag.Accessor(accessor.getSimpleName().toString(), type.getKind().isPrimitive()));
    }
    requireText(template, path, type);
    return new Tag.Value(
        components.of(parameter),
        typeOf(parameter).getKind().isPrimitive(),
        List.copyOf(steps),
        isEnum(type));
  }

  private TypeMirror typeOf(VariableElement parameter) {
    int index = method.getParameters().indexOf(parameter);
    return TypeVariables.replaced(
        tools, signatures.typeOf(method).getParameterTypes().get(index));
  }

  private VariableElement parameter(String template, String name) {
    for (VariableElement parameter : method.getParameters()) {
      if (parameter.getSimpleName().contentEquals(name)) {
        requireInKey(template, parameter);
        return parameter;
      }
    }
    requireNamesOfParameters(template, name);
    throw new Mistake(
        MistakeId.UNKNOWN_TAG_PARAMETER,
        "tag \"%s\" names %s, which is no parameter of %s; %s",
        template,
        name,
        method.getSimpleName(),
        advice(name));
  }

  /** A class file has them if it was compiled so, and the compiler looks for them if it writes them. */
  private void requireNamesOfParameters(String template, String name) {
    List<String> names = parameterNames();
    boolean areNumbered = !names.isEmpty()
        && IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals("arg" + i));
    if (areNumbered && !tools.sources().has(method)) {
      throw new Mistake(
          MistakeId.UNKNOWN_TAG_PARAMETER,
          "tag \"%s\" names %s, but the compiler found no names of parameters of %s in the class file"
              + " of %s; compile both that class and this one with -parameters, or override the"
              + " method here and annotate it",
          template,
          name,
          method.getSimpleName(),
          Tools.enclosing(method).getSimpleName());
    }
  }

  private List<String> parameterNames() {
    return method.getParameters().stream()
        .map(p -> p.getSimpleName().toString())
        .toList();
  }

  private String advice(String name) {
    List<String> names = parameterNames();
    if (names.isEmpty()) {
      return "it has none, so write the tag without braces";
    }
    return Nearest.to(name, names)
        .map(nearest -> "did you mean {" + nearest + "}?")
        .orElse("use one of " + String.join(", ", names));
  }

  /** The accessor of a record's component may return what is left out of keys. */
  private static void requireComponentInKey(String template, ExecutableElement accessor) {
    for (Element field : ElementFilter.fieldsIn(Tools.enclosing(accessor).getEnclosedElements())) {
      if (field.getSimpleName().equals(accessor.getSimpleName())) {
        requireNotIgnored(template, field);
      }
    }
  }

  private static void requireNotIgnored(String template, Element element) {
    if (Annotations.has(element, Annotations.KEY_IGNORE)) {
      throw new Mistake(
          MistakeId.TAG_NOT_IN_KEY,
          "tag \"%s\" names %s, which is @KeyIgnore, so calls that differ in it share one entry;"
              + " use a parameter that is in the key, or take @KeyIgnore from it",
          template,
          element.getSimpleName());
    }
  }

  private static void requireInKey(String template, VariableElement parameter) {
    requireNotIgnored(template, parameter);
    if (Annotations.has(parameter, Annotations.FILE_CONTENT)) {
      throw new Mistake(
          MistakeId.TAG_NOT_IN_KEY,
          "tag \"%s\" names %s, of which only the file's content is in the key, so that equal files"
              + " share one entry; add a parameter for the name, or take @FileContent from it",
          template,
          parameter.getSimpleName());
    }
  }

  private static void requireText(String template, String path, TypeMirror type) {
    boolean isText = Leaf.of(TypeName.get(type)).map(Leaf::isFixed).orElse(false) || isEnum(type);
    if (!isText) {
      throw new Mistake(
          MistakeId.BAD_TAG,
          "tag \"%s\" names %s of type %s, which has no stable text; name a string, number, enum,"
              + " date or identifier in it, as in {%s.id}",
          template,
          path,
          TypeName.get(type),
          path);
    }
  }

  private static boolean isEnum(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && (((DeclaredType) type).asElement().getKind() == ElementKind.ENUM
            || TypeName.get(type).toString().startsWith("java.lang.Enum<"));
  }
}
