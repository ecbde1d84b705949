package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.diskmemo.processor.internal.model.Shape;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Writes the codecs of a wrapper's results. A codec does its work itself, unless its type is also
 * inside the type of a result, so that there are methods for it.
 */
final class CodecWriter {
  private final CodecMethods methods;
  private final Set<TypeName> inside;

  CodecWriter(CodecMethods methods, List<Shape> results) {
    this.methods = methods;
    this.inside = CodecMethods.typesInside(results);
  }

  TypeSpec codec(String name, Shape result) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(ParameterizedTypeName.get(RuntimeTypes.CODEC, result.type()))
        .addMethod(writeMethod(result))
        .addMethod(readMethod(result))
        .build();
  }

  private MethodSpec writeMethod(Shape result) {
    return MethodSpec.methodBuilder("write")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(RuntimeTypes.VALUE_WRITER, "out")
        .addParameter(result.type(), "value")
        .addCode(
            inside.contains(result.type())
                ? CodeBlock.of("$L;\n", methods.write(result, "value"))
                : methods.writeBody(result))
        .build();
  }

  private MethodSpec readMethod(Shape result) {
    return MethodSpec.methodBuilder("read")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(RuntimeTypes.VALUE_READER, "in")
        .returns(result.type())
        .addCode(
            inside.contains(result.type())
                ? CodeBlock.of("return $L;\n", methods.read(result))
                : methods.readBody(result))
        .build();
  }
}
