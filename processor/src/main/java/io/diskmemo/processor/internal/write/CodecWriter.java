package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the codec of one type of results. */
final class CodecWriter {
  private final Shape result;
  private final Instances instances;
  private final Methods names = new Methods(Names.without(List.of("write", "read")), "");
  private final List<MethodSpec> methods = new ArrayList<>();
  private final WriteCode writeCode = new WriteCode(this);
  private final ReadCode readCode = new ReadCode(this);

  private CodecWriter(Shape result, Instances instances) {
    this.result = result;
    this.instances = instances;
  }

  static TypeSpec codec(String name, Shape result, Instances instances) {
    return new CodecWriter(result, instances).codec(name);
  }

  private TypeSpec codec(String name) {
    TypeName type = result.type().box();
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(ParameterizedTypeName.get(RuntimeTypes.CODEC, type))
        .addMethod(writeMethod(type))
        .addMethod(readMethod(type))
        .addMethods(methods)
        .build();
  }

  private MethodSpec writeMethod(TypeName type) {
    return MethodSpec.methodBuilder("write")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(RuntimeTypes.VALUE_WRITER, "out")
        .addParameter(type, "value")
        .addStatement(write(result, result.type().isPrimitive() ? unboxed() : "value"))
        .build();
  }

  /** A primitive takes a byte less than its box, which may be null. */
  private String unboxed() {
    return "value." + result.type() + "Value()";
  }

  private MethodSpec readMethod(TypeName type) {
    return MethodSpec.methodBuilder("read")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(RuntimeTypes.VALUE_READER, "in")
        .returns(type)
        .addStatement("return $L", read(result))
        .build();
  }

  /** A statement that writes a value to {@code out}. */
  CodeBlock write(Shape shape, String value) {
    return write(shape, CodeBlock.of("$L", value));
  }

  /** As {@link #write(Shape, String)}. */
  CodeBlock write(Shape shape, CodeBlock value) {
    if (shape instanceof JsonShape json) {
      return CodeBlock.of("$N.write(out, $L)", instances.json(json), value);
    }
    return isOnePiece(shape)
        ? CodeBlock.of("out.write($L)", value)
        : CodeBlock.of("write$L(out, $L)", nameOf(shape), value);
  }

  /** An expression that reads a value from {@code in}. */
  CodeBlock read(Shape shape) {
    if (shape instanceof Leaf leaf) {
      return CodeBlock.of("in.$L()", leaf.readMethod());
    }
    if (shape instanceof EnumShape) {
      return CodeBlock.of("in.readEnum($T.class)", shape.type());
    }
    if (shape instanceof JsonShape json) {
      return CodeBlock.of("$N.read(in)", instances.json(json));
    }
    return CodeBlock.of("read$L(in)", nameOf(shape));
  }

  private static boolean isOnePiece(Shape shape) {
    return shape instanceof Leaf || shape instanceof EnumShape;
  }

  private String nameOf(Shape shape) {
    return names.nameFor(shape, this::addMethods);
  }

  private void addMethods(String name, Shape shape) {
    int place = methods.size();
    methods.add(place, writeMethod(name, shape));
    methods.add(place + 1, readMethod(name, shape));
  }

  /** Whether values are compared, so that it is to be said where sets and maps are. */
  boolean isCompared() {
    return !result.isReadAsWritten();
  }

  /** Whether values can be nested without end. */
  boolean isRecursive(Shape shape) {
    return names.isRecursive(shape);
  }

  private MethodSpec writeMethod(String name, Shape shape) {
    CodeBlock body = shape.accept(writeCode);
    CodeBlock enter = CodeBlock.of(isRecursive(shape) ? "out.enter();\n" : "");
    CodeBlock leave = CodeBlock.of(isRecursive(shape) ? "out.leave();\n" : "");
    return MethodSpec.methodBuilder("write" + name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(RuntimeTypes.VALUE_WRITER, "out")
        .addParameter(shape.type(), "value")
        .beginControlFlow("if (out.writeNull(value))")
        .addStatement("return")
        .endControlFlow()
        .addCode(enter)
        .addCode(body)
        .addCode(leave)
        .build();
  }

  private MethodSpec readMethod(String name, Shape shape) {
    return MethodSpec.methodBuilder("read" + name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(RuntimeTypes.VALUE_READER, "in")
        .returns(shape.type())
        .beginControlFlow("if (in.readNull())")
        .addStatement("return null")
        .endControlFlow()
        .addCode(shape.accept(readCode))
        .build();
  }
}
