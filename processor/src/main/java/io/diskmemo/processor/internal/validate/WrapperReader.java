package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeVariableName;
import io.diskmemo.processor.internal.model.ComponentModel;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.Gated;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.Wrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/** Reads one class or interface with annotated methods. */
final class WrapperReader {
  private final Tools tools;
  private final Problems problems;
  private final WrapperNames names;
  private final ComponentModel componentModel;
  private final TypeElement type;
  private final Surroundings surroundings;
  private final Signatures signatures;
  private final GateAgreement agreement = new GateAgreement();
  private final MemoizedMethods memoizedMethods;
  private final Wrapper.Form form;

  WrapperReader(
      Tools tools,
      Problems problems,
      WrapperNames names,
      ComponentModel componentModel,
      TypeElement type) {
    this.tools = tools;
    this.problems = problems;
    this.names = names;
    this.componentModel = componentModel;
    this.type = type;
    this.memoizedMethods = new MemoizedMethods(tools, type);
    this.form = memoizedMethods.form();
    this.surroundings = new Surroundings(tools, type, form == Wrapper.Form.SUBCLASS);
    this.signatures = new Signatures(tools, surroundings, (DeclaredType) type.asType());
  }

  /**
   * Reads it; empty if there are mistakes, which are reported.
   *
   * @throws UnresolvedTypeException if it mentions a type that does not exist yet
   * @throws Mistake if it has a mistake as a whole, which is not reported
   */
  Optional<Wrapper> read() {
    new TypeRules(tools).check(type, form);
    int before = problems.count();
    Optional<Wrapper> wrapper = Optional.of(
        switch (form) {
          case SUBCLASS -> subclass();
          case DELEGATING -> delegating();
          case AROUND -> around();
          case STATIC ->
            wrapper(form, List.of(), List.of(), memoized(List.of()), gated(), List.of());
          case EMPTY -> readEmpty();
        });
    return problems.count() == before ? wrapper : Optional.empty();
  }

  /** The wrapper as it would be if no method were memoized. Reports nothing. */
  Wrapper readPlain() {
    new TypeRules(tools).check(type, form);
    return wrapper(
        form,
        form == Wrapper.Form.SUBCLASS ? quietly(constructors()) : List.of(),
        List.of(),
        List.of(),
        List.of(),
        form == Wrapper.Form.DELEGATING
            ? quietly(new InterfaceMethods(tools, type).all())
            : List.of());
  }

  /** A class of the wrapper's name and nothing else. Reports nothing. */
  Wrapper readEmpty() {
    return wrapper(Wrapper.Form.EMPTY, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private Wrapper subclass() {
    List<ExecutableElement> constructors = constructors();
    List<Signature> signaturesOfConstructors = read(constructors);
    if (memoizedMethods.all().isEmpty()) { // and nothing depends on the state of the receiver
      return wrapper(form, signaturesOfConstructors, List.of(), List.of(), gated(), List.of());
    }
    ReceiverState state = new ReceiverState(tools, problems, surroundings, type, constructors);
    List<ReceiverPart> receiver = state.read();
    return wrapper(
        Wrapper.Form.SUBCLASS,
        signaturesOfConstructors,
        state.captured(),
        memoized(receiver),
        gated(),
        List.of());
  }

  private List<ExecutableElement> constructors() {
    List<ExecutableElement> constructors =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .filter(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE))
            .toList();
    if (constructors.isEmpty()) {
      throw new Mistake(
          MistakeId.NO_CONSTRUCTOR,
          "every constructor of %s is private, so the wrapper cannot extend it; make one"
              + " package-private",
          type.getSimpleName());
    }
    return constructors;
  }

  private Wrapper delegating() {
    List<ExecutableElement> others =
        new InterfaceMethods(tools, type).without(memoizedMethods.annotated());
    List<Memoized> memoized =
        memoizedMethods.all().isEmpty() ? List.of() : memoized(stateOfImplementation());
    return wrapper(Wrapper.Form.DELEGATING, List.of(), List.of(), memoized, gated(), read(others));
  }

  private List<ReceiverPart> stateOfImplementation() {
    return withMethods(new ReceiverPart("delegate", Leaf.STRING, new KeyComponent.Delegate()));
  }

  private List<ReceiverPart> withMethods(ReceiverPart first) {
    List<ReceiverPart> receiver = new ArrayList<>();
    receiver.add(first);
    receiver.addAll(new KeyPartMethods(tools, problems, surroundings, type).parts());
    return receiver;
  }

  private Wrapper around() {
    List<Memoized> memoized =
        memoizedMethods.all().isEmpty() ? List.of() : memoized(stateOfDelegate());
    return wrapper(form, List.of(), List.of(), memoized, gated(), List.of());
  }

  private List<ReceiverPart> stateOfDelegate() {
    return switch (type.getKind()) {
      case ENUM ->
        withMethods(new ReceiverPart(
            "constant", new EnumShape(ClassName.get(type)), new KeyComponent.Constant()));
      case RECORD -> new RecordState(tools, problems, surroundings, type).read();
      default -> ReceiverState.ofDelegate(tools, problems, surroundings, type).read();
    };
  }

  private List<Signature> quietly(List<ExecutableElement> executables) {
    return executables.stream().map(signatures::read).toList();
  }

  private List<Signature> read(List<ExecutableElement> executables) {
    return executables.stream()
        .flatMap(e -> problems.at(e, () -> signatures.read(e)).stream())
        .toList();
  }

  private List<Memoized> memoized(List<ReceiverPart> receiver) {
    MethodReader reader = methodReader();
    return memoizedMethods.all().stream()
        .flatMap(method -> reader.read(method, receiver).stream())
        .toList();
  }

  private List<Gated> gated() {
    MethodReader reader = methodReader();
    return memoizedMethods.gated().stream()
        .flatMap(method -> reader.readGated(method).stream())
        .toList();
  }

  private MethodReader methodReader() {
    Companions companions = new Companions(tools, type, methods());
    KindSlips kindSlips = new KindSlips(tools, type, memoizedMethods.all());
    return new MethodReader(
        tools, problems, surroundings, signatures, companions, kindSlips, agreement, form);
  }

  /** The methods of the type that the wrapper has too. */
  private Stream<ExecutableElement> methods() {
    return isSubtype()
        ? ElementFilter.methodsIn(tools.elements().getAllMembers(type)).stream()
            .filter(surroundings::inherits)
        : memoizedMethods.annotated().stream();
  }

  private Wrapper wrapper(
      Wrapper.Form form,
      List<Signature> constructors,
      List<Parameter> captured,
      List<Memoized> memoized,
      List<Gated> gated,
      List<Signature> passedOn) {
    surroundings.note(type);
    if (isSubtype() && tools.isKindOf(type.asType(), "java.io.Serializable")) {
      surroundings.suppress("serial");
    }
    if (isSubtype() && isClosedWithInterruptedException()) {
      surroundings.suppress("try");
    }
    return new Wrapper(
        type,
        tools.elements().getBinaryName(type).toString(),
        names.claim(type),
        form,
        componentModel,
        isPublic(),
        tools.sees(type, "javax.annotation.processing.Generated"),
        CarriedAnnotations.deprecationOf(type),
        typeVariables(form),
        surroundings.suppressions(),
        takenNames(),
        surroundings.unqualifiedNames(),
        constructors,
        captured,
        memoized,
        gated,
        passedOn);
  }

  /** What the compiler warns of, wherever a resource is declared. */
  private boolean isClosedWithInterruptedException() {
    TypeElement interrupted = tools.elements().getTypeElement("java.lang.InterruptedException");
    return tools.isKindOf(type.asType(), "java.lang.AutoCloseable")
        && ElementFilter.methodsIn(tools.elements().getAllMembers(type)).stream()
            .filter(method -> method.getSimpleName().contentEquals("close"))
            .filter(method -> method.getParameters().isEmpty())
            .flatMap(method -> method.getThrownTypes().stream())
            .anyMatch(thrown -> tools.types().isSubtype(interrupted.asType(), thrown));
  }

  private boolean isSubtype() {
    return form == Wrapper.Form.SUBCLASS || form == Wrapper.Form.DELEGATING;
  }

  /** Without bounds, which it may not see, for a wrapper that is empty because of a mistake. */
  private List<TypeVariableName> typeVariables(Wrapper.Form form) {
    return switch (form) {
      case STATIC -> List.of();
      case EMPTY ->
        type.getTypeParameters().stream()
            .map(variable -> TypeVariableName.get(variable.getSimpleName().toString()))
            .toList();
      default -> type.getTypeParameters().stream().map(this::typeVariable).toList();
    };
  }

  private TypeVariableName typeVariable(TypeParameterElement variable) {
    variable.getBounds().forEach(surroundings::mention);
    return TypeVariableName.get(variable);
  }

  private boolean isPublic() {
    for (Element element = type;
        element instanceof TypeElement;
        element = element.getEnclosingElement()) {
      if (!element.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private List<String> takenNames() {
    String home = tools.elements().getPackageOf(type).getQualifiedName().toString();
    String prefix = home.isEmpty() ? "" : home + ".";
    return Stream.of(
            "Boolean",
            "Byte",
            "Character",
            "Deprecated",
            "Double",
            "Float",
            "Integer",
            "Long",
            "Object",
            "Override",
            "Short",
            "String",
            "SuppressWarnings")
        .filter(name -> tools.elements().getTypeElement(prefix + name) != null)
        .toList();
  }
}
