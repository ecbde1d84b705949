package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** Repeats signatures in generated code. */
final class Signatures {
  private static final Pattern NO_WORD = Pattern.compile("\\P{javaJavaIdentifierPart}+");

  private Signatures() {}

  static MethodSpec.Builder override(Signature signature, Set<Modifier> access) {
    return same(signature, access).addAnnotation(Override.class);
  }

  /** A method that overrides none. */
  static MethodSpec.Builder same(Signature signature, Set<Modifier> access) {
    return like(signature.name(), signature)
        .addTypeVariables(signature.typeVariables())
        .addModifiers(access)
        .returns(signature.annotatedReturns())
        .addExceptions(signature.thrown());
  }

  /** A method that takes what another one takes; it still lacks type variables. */
  static MethodSpec.Builder like(String name, Signature signature) {
    return MethodSpec.methodBuilder(name)
        .addAnnotations(signature.annotations())
        .addModifiers(signature.hasSafeVarargs() ? Set.of(Modifier.FINAL) : Set.of())
        .addParameters(parameters(signature))
        .varargs(signature.isVarargs());
  }

  /** The type variables that parameters mention, or bounds of those that they mention. */
  static List<TypeVariableName> variablesInParameters(Signature signature) {
    Set<String> words = new HashSet<>();
    signature.parameters().forEach(parameter -> words.addAll(words(parameter.type())));
    List<TypeVariableName> rest = new ArrayList<>(signature.typeVariables());
    while (rest.removeIf(variable -> words.contains(variable.name()))) {
      signature.typeVariables().stream()
          .filter(variable -> words.contains(variable.name()))
          .flatMap(variable -> variable.bounds().stream())
          .forEach(bound -> words.addAll(words(bound)));
    }
    return signature.typeVariables().stream()
        .filter(variable -> !rest.contains(variable))
        .toList();
  }

  private static Set<String> words(TypeName type) {
    return Set.copyOf(NO_WORD.splitAsStream(type.toString()).toList());
  }

  static MethodSpec.Builder constructor(Signature signature) {
    return MethodSpec.constructorBuilder()
        .addAnnotations(signature.annotations())
        .addModifiers(signature.access())
        .addTypeVariables(signature.typeVariables())
        .addExceptions(signature.thrown());
  }

  static List<ParameterSpec> parameters(Signature signature) {
    return signature.parameters().stream().map(Signatures::parameter).toList();
  }

  private static ParameterSpec parameter(Parameter parameter) {
    return ParameterSpec.builder(parameter.annotatedType(), parameter.name())
        .addAnnotations(parameter.annotations())
        .build();
  }
}
