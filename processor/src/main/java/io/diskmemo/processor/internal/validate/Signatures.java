package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Signature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** Reads what a wrapper repeats of methods and constructors. */
final class Signatures {
  private static final Set<Modifier> ACCESS = EnumSet.of(Modifier.PUBLIC, Modifier.PROTECTED);

  private final Tools tools;
  private final Surroundings surroundings;
  private final DeclaredType wrapped;
  private final InterfaceMethods interfaceMethods;
  private final CarriedAnnotations carried;

  Signatures(Tools tools, Surroundings surroundings, DeclaredType wrapped) {
    this.tools = tools;
    this.surroundings = surroundings;
    this.wrapped = wrapped;
    this.interfaceMethods = new InterfaceMethods(tools, (TypeElement) wrapped.asElement());
    this.carried = new CarriedAnnotations(surroundings);
  }

  /**
   * Reads one, as a member of the wrapped type.
   *
   * @throws UnresolvedTypeException if it mentions a type that does not exist yet
   * @throws Mistake if it mentions a type that the wrapper cannot see
   */
  Signature read(ExecutableElement executable) {
    ExecutableType type = typeOf(executable);
    List<? extends TypeMirror> thrown = thrownBy(executable);
    mentionAll(executable, type, thrown);
    boolean isConstructor = executable.getKind() == ElementKind.CONSTRUCTOR;
    return new Signature(
        executable.getSimpleName().toString(),
        accessOf(executable),
        isConstructor ? carried.ofConstructor(executable) : carried.ofMethod(executable),
        isConstructor ? carried.ofConstructorWithMemo(executable) : List.of(),
        typeVariables(type),
        TypeName.get(type.getReturnType()),
        carried.typeOf(type.getReturnType(), executable),
        parameters(executable, type),
        executable.getModifiers().contains(Modifier.STATIC),
        executable.isVarArgs(),
        thrown.stream().map(TypeName::get).toList());
  }

  /** The type of a method or constructor as a member of the wrapped type. */
  ExecutableType typeOf(ExecutableElement executable) {
    return executable.getModifiers().contains(Modifier.STATIC)
        ? (ExecutableType) executable.asType()
        : (ExecutableType) tools.types().asMemberOf(wrapped, executable);
  }

  /** What the wrapper's method or constructor declares to throw. */
  List<? extends TypeMirror> thrownBy(ExecutableElement executable) {
    return isImplemented(executable)
        ? interfaceMethods.thrownBy(executable)
        : typeOf(executable).getThrownTypes();
  }

  /** Whether it is a method of an interface, of which the wrapper may serve several at once. */
  private boolean isImplemented(ExecutableElement executable) {
    return wrapped.asElement().getKind() == ElementKind.INTERFACE
        && !executable.getModifiers().contains(Modifier.STATIC);
  }

  private void mentionAll(
      ExecutableElement executable, ExecutableType type, List<? extends TypeMirror> thrown) {
    if (isImplemented(executable)) {
      interfaceMethods.servedWith(executable).forEach(surroundings::use);
    } else {
      surroundings.use(executable);
    }
    surroundings.mention(type.getReturnType());
    type.getParameterTypes().forEach(surroundings::mention);
    thrown.forEach(surroundings::mention);
    for (TypeVariable variable : type.getTypeVariables()) {
      bounds(variable).forEach(surroundings::mention);
    }
    if (executable.isVarArgs()) {
      List<? extends TypeMirror> types = type.getParameterTypes();
      surroundings.mentionVarargs(types.get(types.size() - 1));
    }
  }

  /** Nobody extends a wrapper, so that who may extend an abstract class may make its wrapper. */
  private static Set<Modifier> accessOf(ExecutableElement executable) {
    Set<Modifier> access = EnumSet.copyOf(ACCESS);
    access.retainAll(executable.getModifiers());
    if (executable.getKind() == ElementKind.CONSTRUCTOR
        && Tools.enclosing(executable).getModifiers().contains(Modifier.ABSTRACT)
        && access.remove(Modifier.PROTECTED)) {
      access.add(Modifier.PUBLIC);
    }
    return access;
  }

  /** Those of the member: {@code R extends Number} for {@code R extends V} of what takes Number as V. */
  private List<TypeVariableName> typeVariables(ExecutableType type) {
    return type.getTypeVariables().stream()
        .map(variable -> TypeVariableName.get(
                variable.asElement().getSimpleName().toString())
            .withBounds(bounds(variable).stream().map(TypeName::get).toList()))
        .toList();
  }

  /** Object stands among them only if it was written before interfaces, which makes it the erasure. */
  private List<? extends TypeMirror> bounds(TypeVariable variable) {
    if (!(variable.getUpperBound() instanceof IntersectionType intersection)) {
      return tools.isObject(variable.getUpperBound())
          ? List.of()
          : List.of(variable.getUpperBound());
    }
    TypeParameterElement declared = (TypeParameterElement) variable.asElement();
    return tools.isObject(declared.getBounds().get(0))
        ? intersection.getBounds()
        : intersection.getBounds().stream()
            .filter(bound -> !tools.isObject(bound))
            .toList();
  }

  private List<Parameter> parameters(ExecutableElement executable, ExecutableType type) {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < type.getParameterTypes().size(); i++) {
      VariableElement parameter = executable.getParameters().get(i);
      TypeMirror parameterType = type.getParameterTypes().get(i);
      parameters.add(new Parameter(
          parameter.getSimpleName().toString(),
          TypeName.get(parameterType),
          carried.typeOf(parameterType, parameter),
          carried.ofParameter(parameter)));
    }
    return List.copyOf(parameters);
  }
}
