package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.Wrapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes the constructors of a wrapper: with a {@code DiskMemo}, and with the shared one. */
final class ConstructorWriter {
  private final Wrapper wrapper;
  private final Members members;

  ConstructorWriter(Wrapper wrapper, Members members) {
    this.wrapper = wrapper;
    this.members = members;
  }

  List<MethodSpec> constructors() {
    return switch (wrapper.form()) {
      case SUBCLASS -> ofSubclass();
      case DELEGATING, AROUND -> ofDelegate();
      case STATIC -> withoutDelegate();
      case EMPTY -> List.of();
    };
  }

  private List<MethodSpec> ofSubclass() {
    Set<List<TypeName>> taken = new HashSet<>();
    wrapper.constructors().forEach(constructor -> taken.add(typesAfterMemo(constructor)));
    List<MethodSpec> constructors = new ArrayList<>();
    for (Signature constructor : wrapper.constructors()) {
      if (taken.add(types(constructor))) {
        constructors.add(withSharedMemo(constructor));
      }
    }
    for (Signature constructor : wrapper.constructors()) {
      constructors.add(withMemo(constructor));
    }
    return constructors;
  }

  private static List<TypeName> typesAfterMemo(Signature constructor) {
    return Stream.concat(Stream.of(RuntimeTypes.DISK_MEMO), types(constructor).stream())
        .toList();
  }

  private static List<TypeName> types(Signature constructor) {
    return constructor.parameters().stream().map(p -> erased(p.type())).toList();
  }

  private static TypeName erased(TypeName type) {
    if (type instanceof ParameterizedTypeName generic) {
      return generic.rawType();
    }
    return type instanceof ArrayTypeName array
        ? ArrayTypeName.of(erased(array.componentType()))
        : type;
  }

  private MethodSpec withSharedMemo(Signature constructor) {
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(CodeBlock.of("$T.shared()", RuntimeTypes.DISK_MEMO));
    arguments.addAll(arguments(constructor));
    return Signatures.constructor(constructor)
        .addJavadoc(inSharedMemo("results"))
        .addParameters(Signatures.parameters(constructor))
        .varargs(constructor.isVarargs())
        .addStatement("this($L)", CodeBlock.join(arguments, ",$W"))
        .build();
  }

  private MethodSpec withMemo(Signature constructor) {
    String memo = memoName(constructor);
    MethodSpec.Builder code = Signatures.constructor(constructor)
        .addJavadoc(inMemo("results", memo))
        .addAnnotations(constructor.annotationsWithMemo())
        .addAnnotations(Injection.ofConstructor(wrapper, constructor))
        .addParameter(RuntimeTypes.DISK_MEMO, memo)
        .addParameters(Signatures.parameters(constructor))
        .varargs(constructor.isVarargs());
    if (!constructor.parameters().isEmpty()) {
      code.addStatement("super($L)", CodeBlock.join(arguments(constructor), ",$W"));
    }
    members
        .captured()
        .forEach((parameter, field) -> code.addStatement("this.$N = $N", field, parameter));
    return code.addCode(bindings(memo)).build();
  }

  private CodeBlock inSharedMemo(String what) {
    return CodeBlock.of("$L {@link $T#shared()}.\n", doesWith(what), RuntimeTypes.DISK_MEMO);
  }

  private CodeBlock inMemo(String what, String memo) {
    return CodeBlock.of("$L {@code $N}.\n", doesWith(what), memo);
  }

  private String doesWith(String results) {
    return wrapper.keepsResults() ? "Keeps " + results + " in" : "Calls go through the gates of";
  }

  private static String memoName(Signature constructor) {
    return Names.without(constructor.parameters().stream().map(Parameter::name).toList())
        .free("memo");
  }

  private static List<CodeBlock> arguments(Signature constructor) {
    return constructor.parameters().stream()
        .map(p -> CodeBlock.of("$N", p.name()))
        .toList();
  }

  private CodeBlock bindings(String memo) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = 0; i < wrapper.memoized().size(); i++) {
      Members.OfMethod method = members.methods().get(i);
      code.addStatement(
          "this.$N = $N.memoize($L)",
          method.field(),
          memo,
          spec(wrapper.memoized().get(i), method));
    }
    for (Members.OfGate gate : members.gates().values()) {
      code.addStatement("this.$N = $N.gate($N)", gate.field(), memo, gate.constant());
    }
    return code.build();
  }

  /** Whether the receiver may change is up to the delegate, unless the interface says it already. */
  private CodeBlock spec(Memoized method, Members.OfMethod names) {
    return wrapper.isKeyedByDelegate() && !method.receiverMayChange()
        ? CodeBlock.of("$N.specOf($N)", members.identity(), names.constant())
        : CodeBlock.of("$N", names.constant());
  }

  private List<MethodSpec> ofDelegate() {
    TypeName type = TypeName.get(wrapper.type().asType());
    MethodSpec withSharedMemo = delegateConstructor()
        .addJavadoc(inSharedMemo("results of {@code delegate}"))
        .addParameter(type, "delegate")
        .addStatement("this($T.shared(), delegate)", RuntimeTypes.DISK_MEMO)
        .build();
    MethodSpec.Builder withMemo = delegateConstructor()
        .addJavadoc(inMemo("results of {@code delegate}", "memo"))
        .addAnnotations(Injection.ofOnlyConstructor(wrapper))
        .addParameter(RuntimeTypes.DISK_MEMO, "memo")
        .addParameter(type, "delegate")
        .addStatement("this.$N = delegate", members.delegate());
    if (wrapper.isKeyedByDelegate()) {
      withMemo.addStatement(
          "this.$N = $T.$L(delegate, $T.class)",
          members.identity(),
          RuntimeTypes.DELEGATE_IDENTITY,
          wrapper.tellsDelegatesApart() ? "ofToldApart" : "of",
          ClassName.get(wrapper.type()));
    }
    return List.of(withSharedMemo, withMemo.addCode(bindings("memo")).build());
  }

  private List<MethodSpec> withoutDelegate() {
    MethodSpec withSharedMemo = delegateConstructor()
        .addJavadoc(inSharedMemo("results"))
        .addStatement("this($T.shared())", RuntimeTypes.DISK_MEMO)
        .build();
    MethodSpec withMemo = delegateConstructor()
        .addJavadoc(inMemo("results", "memo"))
        .addAnnotations(Injection.ofOnlyConstructor(wrapper))
        .addParameter(RuntimeTypes.DISK_MEMO, "memo")
        .addCode(bindings("memo"))
        .build();
    return List.of(withSharedMemo, withMemo);
  }

  private MethodSpec.Builder delegateConstructor() {
    MethodSpec.Builder code = MethodSpec.constructorBuilder();
    return wrapper.isPublic() ? code.addModifiers(Modifier.PUBLIC) : code;
  }
}
