package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Signature;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Repeats signatures in generated code. */
final class Signatures {
  private Signatures() {}

  static MethodSpec.Builder override(Signature signature, Set<Modifier> access) {
    return same(signature, access).addAnnotation(Override.class);
  }

  /** A method that overrides none. */
  static MethodSpec.Builder same(Signature signature, Set<Modifier> access) {
    return like(signature.name(), signature)
        .addModifiers(access)
        .returns(signature.annotatedReturns())
        .addExceptions(signature.thrown());
  }

  /** A method that takes what another one takes. */
  static MethodSpec.Builder like(String name, Signature signature) {
    return MethodSpec.methodBuilder(name)
        .addAnnotations(signature.annotations())
        .addTypeVariables(signature.typeVariables())
        .addParameters(parameters(signature))
        .varargs(signature.isVarargs());
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
