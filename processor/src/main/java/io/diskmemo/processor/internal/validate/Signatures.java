package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Signature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/** Reads what a wrapper repeats of methods and constructors. */
final class Signatures {
  private static final Set<Modifier> ACCESS = EnumSet.of(Modifier.PUBLIC, Modifier.PROTECTED);

  private final Tools tools;
  private final Surroundings surroundings;
  private final DeclaredType wrapped;

  Signatures(Tools tools, Surroundings surroundings, DeclaredType wrapped) {
    this.tools = tools;
    this.surroundings = surroundings;
    this.wrapped = wrapped;
  }

  /**
   * Reads one, as a member of the wrapped type.
   *
   * @throws UnresolvedTypeException if it mentions a type that does not exist yet
   * @throws Mistake if it mentions a type that the wrapper cannot see
   */
  Signature read(ExecutableElement executable) {
    ExecutableType type = typeOf(executable);
    mentionAll(executable, type);
    return new Signature(
        executable.getSimpleName().toString(),
        accessOf(executable),
        deprecationOf(executable),
        typeVariables(executable),
        TypeName.get(type.getReturnType()),
        parameters(executable, type),
        executable.getModifiers().contains(Modifier.STATIC),
        executable.isVarArgs(),
        type.getThrownTypes().stream().map(TypeName::get).toList());
  }

  /** The type of a method or constructor as a member of the wrapped type. */
  ExecutableType typeOf(ExecutableElement executable) {
    return executable.getModifiers().contains(Modifier.STATIC)
        ? (ExecutableType) executable.asType()
        : (ExecutableType) tools.types().asMemberOf(wrapped, executable);
  }

  private void mentionAll(ExecutableElement executable, ExecutableType type) {
    surroundings.use(executable);
    surroundings.mention(type.getReturnType());
    type.getParameterTypes().forEach(surroundings::mention);
    type.getThrownTypes().forEach(surroundings::mention);
    for (TypeParameterElement variable : executable.getTypeParameters()) {
      variable.getBounds().forEach(surroundings::mention);
    }
    if (executable.isVarArgs()) {
      List<? extends TypeMirror> types = type.getParameterTypes();
      surroundings.mentionVarargs(types.get(types.size() - 1));
    }
  }

  private static Set<Modifier> accessOf(ExecutableElement executable) {
    Set<Modifier> access = EnumSet.copyOf(ACCESS);
    access.retainAll(executable.getModifiers());
    return access;
  }

  /** The annotation by which callers of the wrapper are warned as those of the original are. */
  static List<AnnotationSpec> deprecationOf(Element element) {
    return Annotations.find(element, "java.lang.Deprecated")
        .map(AnnotationSpec::get)
        .map(List::of)
        .orElse(List.of());
  }

  private static List<TypeVariableName> typeVariables(ExecutableElement executable) {
    return executable.getTypeParameters().stream().map(TypeVariableName::get).toList();
  }

  private static List<Parameter> parameters(ExecutableElement executable, ExecutableType type) {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < type.getParameterTypes().size(); i++) {
      parameters.add(new Parameter(
          executable.getParameters().get(i).getSimpleName().toString(),
          TypeName.get(type.getParameterTypes().get(i))));
    }
    return List.copyOf(parameters);
  }
}
