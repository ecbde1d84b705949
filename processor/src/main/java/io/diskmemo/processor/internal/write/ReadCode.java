package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import io.diskmemo.processor.internal.model.ArrayShape;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.MapShape;
import io.diskmemo.processor.internal.model.OptionalShape;
import io.diskmemo.processor.internal.model.RecordShape;
import io.diskmemo.processor.internal.model.Recurrence;
import io.diskmemo.processor.internal.model.SealedShape;
import io.diskmemo.processor.internal.model.SequenceShape;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bodies of a codec's methods that read a value, which is not null, from {@code in}. */
final class ReadCode implements MethodBodies {
  private final CodecMethods codec;

  ReadCode(CodecMethods codec) {
    this.codec = codec;
  }

  @Override
  public CodeBlock visit(Leaf shape) {
    return CodeBlock.builder().addStatement("return $L", codec.read(shape)).build();
  }

  @Override
  public CodeBlock visit(EnumShape shape) {
    return CodeBlock.builder().addStatement("return $L", codec.read(shape)).build();
  }

  /** Arguments are evaluated from left to right, which is the order in which they were written. */
  @Override
  public CodeBlock visit(RecordShape shape) {
    List<CodeBlock> components = shape.components().stream()
        .map(component -> codec.read(component.shape()))
        .toList();
    return result(
        shape, CodeBlock.of("new $T($L)", shape.type(), CodeBlock.join(components, ",$W")));
  }

  private CodeBlock result(Shape shape, CodeBlock expression) {
    if (!codec.isRecursive(shape)) {
      return CodeBlock.builder().add("return $L;\n", expression).build();
    }
    return CodeBlock.builder()
        .addStatement("in.enter()")
        .add("$T value = $L;\n", shape.type(), expression)
        .addStatement("in.leave()")
        .addStatement("return value")
        .build();
  }

  @Override
  public CodeBlock visit(SealedShape shape) {
    CodeBlock.Builder choice = CodeBlock.builder().add("switch (number) {\n$>");
    for (int i = 0; i < shape.subtypes().size(); i++) {
      choice.add("case $L -> $L;\n", i, codec.read(shape.subtypes().get(i)));
    }
    choice.add(
        "default -> throw new $T($S + number);\n$<}",
        RuntimeTypes.CORRUPT_VALUE_EXCEPTION,
        "no " + ShapeNames.of(shape) + " has number ");
    return CodeBlock.builder()
        .addStatement(
            shape.subtypes().size() <= Byte.MAX_VALUE
                ? "byte number = in.readByte()"
                : "int number = in.readInt()")
        .add(result(shape, choice.build()))
        .build();
  }

  @Override
  public CodeBlock visit(Recurrence shape) {
    throw new IllegalStateException(shape.type() + " is not inside itself");
  }

  @Override
  public CodeBlock visit(SequenceShape shape) {
    return shape.kind() == SequenceShape.Kind.LIST ? list(shape) : set(shape);
  }

  private CodeBlock list(SequenceShape shape) {
    TypeName element = shape.element().type().box();
    return CodeBlock.builder()
        .addStatement("int size = in.readSize()")
        .addStatement("$T elements = new $T<>(size)", of(List.class, element), ArrayList.class)
        .beginControlFlow("for (int i = 0; i < size; i++)")
        .addStatement("elements.add($L)", codec.read(shape.element()))
        .endControlFlow()
        .addStatement("return $T.unmodifiableList(elements)", Collections.class)
        .build();
  }

  private CodeBlock set(SequenceShape shape) {
    TypeName element = shape.element().type();
    return CodeBlock.builder()
        .addStatement("int size = in.readSize()")
        .addStatement("$T elements = new $T<>(size)", of(Set.class, element), LinkedHashSet.class)
        .beginControlFlow("for (int i = 0; i < size; i++)")
        .addStatement("elements.add($L)", codec.read(shape.element()))
        .endControlFlow()
        .add(requireSize("elements", "equal elements in a set"))
        .addStatement("return $T.unmodifiableSet(elements)", Collections.class)
        .build();
  }

  @Override
  public CodeBlock visit(MapShape shape) {
    TypeName type = of(Map.class, shape.key().type(), shape.value().type());
    return CodeBlock.builder()
        .addStatement("int size = in.readSize()")
        .addStatement("$T entries = new $T<>(size)", type, LinkedHashMap.class)
        .beginControlFlow("for (int i = 0; i < size; i++)")
        .addStatement("entries.put($L, $L)", codec.read(shape.key()), codec.read(shape.value()))
        .endControlFlow()
        .add(requireSize("entries", "equal keys in a map"))
        .addStatement("return $T.unmodifiableMap(entries)", Collections.class)
        .build();
  }

  private static CodeBlock requireSize(String variable, String otherwise) {
    return CodeBlock.builder()
        .beginControlFlow("if ($N.size() != size)", variable)
        .addStatement(
            "throw new $T($S + size)",
            RuntimeTypes.CORRUPT_VALUE_EXCEPTION,
            otherwise + " of size ")
        .endControlFlow()
        .build();
  }

  @Override
  public CodeBlock visit(OptionalShape shape) {
    return CodeBlock.builder()
        .addStatement(
            "return in.readBoolean() ? $1T.of($2L) : $1T.empty()",
            optional(shape.type()),
            codec.read(shape.value()))
        .build();
  }

  private static TypeName optional(TypeName type) {
    return type instanceof ParameterizedTypeName generic ? generic.rawType() : type;
  }

  @Override
  public CodeBlock visit(ArrayShape shape) {
    return CodeBlock.builder()
        .add(newElements(shape.type()))
        .beginControlFlow("for (int i = 0; i < elements.length; i++)")
        .addStatement("elements[i] = $L", codec.read(shape.component()))
        .endControlFlow()
        .addStatement("return elements")
        .build();
  }

  /** An array of a generic type can only be made as one of wildcards. */
  private static CodeBlock newElements(ArrayTypeName type) {
    return innermost(type) instanceof ParameterizedTypeName
        ? CodeBlock.builder()
            .add("@$T($S) // nobody else has it\n", SuppressWarnings.class, "unchecked")
            .addStatement("$1T elements = ($1T) new $2L", type, newArray(type))
            .build()
        : CodeBlock.builder()
            .addStatement("$T elements = new $L", type, newArray(type))
            .build();
  }

  private static TypeName innermost(TypeName type) {
    return type instanceof ArrayTypeName array ? innermost(array.componentType()) : type;
  }

  /** {@code int[in.readSize()][]} for an array of arrays. */
  private static CodeBlock newArray(ArrayTypeName type) {
    TypeName innermost = type.componentType();
    StringBuilder further = new StringBuilder();
    while (innermost instanceof ArrayTypeName array) {
      innermost = array.componentType();
      further.append("[]");
    }
    return CodeBlock.of("$T[in.readSize()]$L", withWildcards(innermost), further);
  }

  private static TypeName withWildcards(TypeName type) {
    if (type instanceof ParameterizedTypeName generic) {
      TypeName[] wildcards = generic.typeArguments().stream()
          .map(argument -> WildcardTypeName.subtypeOf(Object.class))
          .toArray(TypeName[]::new);
      return ParameterizedTypeName.get(generic.rawType(), wildcards);
    }
    return type;
  }

  private static TypeName of(Class<?> generic, TypeName... arguments) {
    return ParameterizedTypeName.get(ClassName.get(generic), arguments);
  }
}
