package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import io.diskmemo.processor.internal.model.Companion;
import io.diskmemo.processor.internal.model.Gated;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.Wrapper;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the methods of a wrapper that override those of the original. */
final class MethodWriter {
  /** Of a statement, without what it is indented by, and its semicolon. */
  private static final int WIDTH = 95;

  private final Wrapper wrapper;
  private final Members members;

  MethodWriter(Wrapper wrapper, Members members) {
    this.wrapper = wrapper;
    this.members = members;
  }

  /** A method that only calls the delegate. */
  MethodSpec passedOn(Signature signature) {
    return Signatures.override(signature, Set.of(Modifier.PUBLIC))
        .addStatement(isVoid(signature) ? "$L" : "return $L", original(signature))
        .build();
  }

  MethodSpec memoized(Memoized method, Members.OfMethod names) {
    Signature signature = method.signature();
    MethodSpec.Builder code = wrapper.isSubtype() || isOfObject(signature)
        ? Signatures.override(signature, access(signature))
        : Signatures.same(signature, access(signature));
    if (wrapper.isSubclass()) {
      code.addCode(callDuringConstruction(signature, names.field()));
    }
    return code.addCode(call(method, names)).build();
  }

  /** A method that is only called through a gate. */
  MethodSpec gated(Gated method) {
    Signature signature = method.signature();
    MethodSpec.Builder code = wrapper.isSubtype() || isOfObject(signature)
        ? Signatures.override(signature, access(signature))
        : Signatures.same(signature, access(signature));
    String gate = members.gate(method.gate()).field();
    if (wrapper.isSubclass()) {
      code.addCode(callDuringConstruction(signature, gate));
    }
    return code.addStatement(
            isVoid(signature) ? "$L.run(() -> $L)" : "return $L.call(() -> $L)",
            field(signature, gate),
            original(signature))
        .build();
  }

  private static boolean isVoid(Signature signature) {
    return signature.returns().equals(TypeName.VOID);
  }

  /** Every class inherits it, one around a delegate too. */
  private static boolean isOfObject(Signature signature) {
    return !signature.isStatic()
        && signature.parameters().isEmpty()
        && (signature.name().equals("toString") || signature.name().equals("hashCode"));
  }

  /** What the wrapper has for a method beside overriding it. */
  List<MethodSpec> companions(Memoized method, Members.OfMethod names) {
    Signature signature = method.signature();
    CodeBlock field = field(signature, names.field());
    CodeBlock arguments = arguments(method, names);
    TypeName hit = ParameterizedTypeName.get(RuntimeTypes.HIT, method.resultType());
    List<TypeVariableName> variables = Signatures.variablesInParameters(signature);
    MethodSpec peek = companion(Companion.PEEK, signature)
        .addTypeVariables(variables)
        .returns(ParameterizedTypeName.get(ClassName.get(Optional.class), hit))
        .addStatement("return $L.peek($L)", field, arguments)
        .build();
    MethodSpec refresh = companion(Companion.REFRESH, signature)
        .addTypeVariables(signature.typeVariables())
        .returns(signature.annotatedReturns())
        .addExceptions(signature.thrown())
        .addStatement(
            "return $L.$L($L,$W() -> $L)",
            field,
            method.isLater() ? "refreshAsync" : "refresh",
            method.isKeyedAnew() || isLaterOfDelegate(method) ? supplied(arguments) : arguments,
            computation(method))
        .build();
    MethodSpec evict = companion(Companion.EVICT, signature)
        .addTypeVariables(variables)
        .returns(TypeName.BOOLEAN)
        .addStatement("return $L.evict($L)", field, arguments)
        .build();
    return List.of(peek, refresh, evict);
  }

  private MethodSpec.Builder companion(Companion companion, Signature signature) {
    return Signatures.like(companion.of(signature.name()), signature)
        .addJavadoc(companion.comment(), signature.name())
        .addModifiers(access(signature));
  }

  private Set<Modifier> access(Signature signature) {
    return wrapper.form() == Wrapper.Form.DELEGATING ? Set.of(Modifier.PUBLIC) : signature.access();
  }

  private CodeBlock callDuringConstruction(Signature signature, String field) {
    CodeBlock.Builder code = CodeBlock.builder()
        .add(
            "if ($L == null) { // called by the constructor of $T\n$>",
            field(signature, field),
            ClassName.get(wrapper.type()));
    if (isVoid(signature)) {
      code.addStatement("$L", original(signature)).addStatement("return");
    } else {
      code.addStatement("return $L", original(signature));
    }
    return code.add("$<}\n").build();
  }

  /** What computes the result of a memoized method. */
  private CodeBlock computation(Memoized method) {
    Signature signature = method.signature();
    return method
        .gate()
        .map(gate -> CodeBlock.of(
            "$L.call(() -> $L)", field(signature, members.gate(gate).field()), original(signature)))
        .orElseGet(() -> original(signature));
  }

  private CodeBlock call(Memoized method, Members.OfMethod names) {
    if (method.isKeyedAnew()) {
      return laterCall(method, names);
    }
    return isLaterOfDelegate(method)
        ? laterCallOfDelegate(method, names)
        : callWithArguments(method, names);
  }

  /** Whether only the delegate, once there is one, says if it may change before a computation. */
  private boolean isLaterOfDelegate(Memoized method) {
    return method.isLater() && wrapper.isKeyedByDelegate();
  }

  private CodeBlock laterCallOfDelegate(Memoized method, Members.OfMethod names) {
    CodeBlock field = field(method.signature(), names.field());
    CodeBlock arguments = arguments(method, names);
    return CodeBlock.builder()
        .addStatement(
            "return $L.isSettled()\n? $L.callAsync($L,$W() -> $L)\n: $L.callAsync($L,$W() -> $L)",
            field(method.signature(), members.identity()),
            field,
            arguments,
            computation(method),
            field,
            supplied(arguments),
            computation(method))
        .build();
  }

  private CodeBlock laterCall(Memoized method, Members.OfMethod names) {
    return CodeBlock.builder()
        .addStatement(
            "return $L.callAsync($L,$W() -> $L)",
            field(method.signature(), names.field()),
            supplied(arguments(method, names)),
            computation(method))
        .build();
  }

  private CodeBlock arguments(Memoized method, Members.OfMethod names) {
    return CodeBlock.of("new $N($L)", names.arguments(), components(method));
  }

  private static CodeBlock supplied(CodeBlock arguments) {
    return CodeBlock.of("() -> $L", arguments);
  }

  private CodeBlock callWithArguments(Memoized method, Members.OfMethod names) {
    Signature signature = method.signature();
    Names locals = locals(signature);
    String arguments = locals.free("arguments");
    CodeBlock field = field(signature, names.field());
    CodeBlock.Builder code = CodeBlock.builder()
        .addStatement("$1N $2N = new $1N($3L)", names.arguments(), arguments, components(method));
    if (method.isFoundByArguments()) {
      String hit = locals.free("hit");
      return code.addStatement(
              "$T $N = $L.find($N)",
              ParameterizedTypeName.get(RuntimeTypes.HIT, method.resultType()),
              hit,
              field,
              arguments)
          .add(hitOrComputed(
              hit, CodeBlock.of("$L.compute($N, () -> $L)", field, arguments, computation(method))))
          .build();
    }
    return code.addStatement(
            "return $L.$L($N, () -> $L)",
            field,
            method.isLater() ? "callAsync" : "call",
            arguments,
            computation(method))
        .build();
  }

  private static CodeBlock hitOrComputed(String hit, CodeBlock computed) {
    CodeBlock line = CodeBlock.of("return $1N != null ? $1N.value() : $2L", hit, computed);
    return line.toString().length() <= WIDTH
        ? CodeBlock.builder().addStatement("$L", line).build()
        : CodeBlock.builder()
            .addStatement("return $1N != null\n? $1N.value()\n: $2L", hit, computed)
            .build();
  }

  private Names locals(Signature signature) {
    Set<String> taken = new HashSet<>(members.fieldNames());
    signature.parameters().forEach(parameter -> taken.add(parameter.name()));
    return Names.without(taken);
  }

  private CodeBlock components(Memoized method) {
    List<CodeBlock> values = method.key().stream()
        .map(component -> value(method.signature(), component.source()))
        .toList();
    return CodeBlock.join(values, ",$W");
  }

  private CodeBlock value(Signature signature, KeyComponent.Source source) {
    if (source instanceof KeyComponent.Argument argument) {
      return CodeBlock.of("$N", argument.parameter());
    }
    if (source instanceof KeyComponent.Captured captured) {
      return field(signature, Objects.requireNonNull(members.captured().get(captured.name())));
    }
    if (source instanceof KeyComponent.Field inherited) {
      if (!inherited.isHidden()) {
        return CodeBlock.of("$L.$N", target(signature), inherited.name());
      }
      CodeBlock receiver = wrapper.isSubclass() ? CodeBlock.of("this") : target(signature);
      return CodeBlock.of("(($T) $L).$N", inherited.owner(), receiver, inherited.name());
    }
    if (source instanceof KeyComponent.Getter getter) {
      return CodeBlock.of("$L.$N()", target(signature), getter.name());
    }
    return source instanceof KeyComponent.Constant
        ? target(signature)
        : CodeBlock.of("$L.text()", field(signature, members.identity()));
  }

  /** Writes what tells the delegate from others, and what it says of itself. */
  MethodSpec writeDelegate(KeyMethods keyMethods) {
    MethodSpec.Builder code = MethodSpec.methodBuilder("writeDelegate")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(RuntimeTypes.KEY_WRITER, "key")
        .addStatement(
            "$T.write(key, $N.text())", RuntimeTypes.DELEGATE_IDENTITY, members.identity());
    for (KeyComponent part : wrapper.partsOfDelegate()) {
      KeyComponent.Getter getter = (KeyComponent.Getter) part.source();
      code.addStatement(keyMethods.write(
          part.shape(), "key", CodeBlock.of("$N.$N()", members.delegate(), getter.name())));
    }
    return code.build();
  }

  private CodeBlock original(Signature signature) {
    String arguments =
        signature.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
    return CodeBlock.of("$L.$N($L)", target(signature), signature.name(), arguments);
  }

  private CodeBlock target(Signature signature) {
    if (signature.isStatic()) {
      return CodeBlock.of("$T", ClassName.get(wrapper.type()));
    }
    return wrapper.isSubclass() ? CodeBlock.of("super") : field(signature, members.delegate());
  }

  /** A field of the wrapper, where a parameter may have the same name. */
  private static CodeBlock field(Signature signature, String name) {
    boolean isHidden = signature.parameters().stream().anyMatch(p -> p.name().equals(name));
    return CodeBlock.of(isHidden ? "this.$N" : "$N", name);
  }
}
