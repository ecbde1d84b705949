package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
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

/** The bodies of a codec's methods that write {@code value}, which is not null, to {@code out}. */
final class WriteCode implements MethodBodies {
  private final CodecMethods codec;

  WriteCode(CodecMethods codec) {
    this.codec = codec;
  }

  @Override
  public CodeBlock visit(Leaf shape) {
    return CodeBlock.builder().addStatement(codec.write(shape, "value")).build();
  }

  @Override
  public CodeBlock visit(EnumShape shape) {
    return CodeBlock.builder().addStatement(codec.write(shape, "value")).build();
  }

  @Override
  public CodeBlock visit(RecordShape shape) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (RecordShape.Component component : shape.components()) {
      code.addStatement(codec.write(component.shape(), "value." + component.name() + "()"));
    }
    return code.build();
  }

  /** The number of the subtype, then the value. */
  @Override
  public CodeBlock visit(SealedShape shape) {
    return Dispatch.on(
        shape,
        (subtype, value) -> CodeBlock.builder()
            .addStatement(
                shape.subtypes().size() <= Byte.MAX_VALUE
                    ? "out.writeByte((byte) $L)"
                    : "out.writeInt($L)",
                shape.subtypes().indexOf(subtype))
            .addStatement(codec.write(subtype, value))
            .build());
  }

  @Override
  public CodeBlock visit(Recurrence shape) {
    throw new IllegalStateException(shape.type() + " is not inside itself");
  }

  @Override
  public CodeBlock visit(SequenceShape shape) {
    boolean isUnordered = shape.kind() == SequenceShape.Kind.SET && codec.isCompared(shape);
    return elements("value.size()", shape.element(), isUnordered);
  }

  @Override
  public CodeBlock visit(ArrayShape shape) {
    return elements("value.length", shape.component(), false);
  }

  private CodeBlock elements(String size, Shape element, boolean isUnordered) {
    CodeBlock.Builder code = CodeBlock.builder()
        .addStatement("out.$L($L)", isUnordered ? "beginUnordered" : "writeSize", size)
        .beginControlFlow("for ($T element : value)", element.type());
    if (isUnordered) {
      code.addStatement("out.nextUnordered()");
    }
    code.addStatement(codec.write(element, "element")).endControlFlow();
    return isUnordered ? code.addStatement("out.endUnordered()").build() : code.build();
  }

  @Override
  public CodeBlock visit(MapShape shape) {
    boolean isUnordered = codec.isCompared(shape);
    CodeBlock.Builder code = CodeBlock.builder()
        .addStatement("out.$L(value.size())", isUnordered ? "beginUnordered" : "writeSize")
        .beginControlFlow("for ($T entry$W: value.entrySet())", shape.entryType());
    if (isUnordered) {
      code.addStatement("out.nextUnordered()");
    }
    code.addStatement(codec.write(shape.key(), "entry.getKey()"))
        .addStatement(codec.write(shape.value(), "entry.getValue()"))
        .endControlFlow();
    return isUnordered ? code.addStatement("out.endUnordered()").build() : code.build();
  }

  @Override
  public CodeBlock visit(OptionalShape shape) {
    return CodeBlock.builder()
        .addStatement("out.writeBoolean(value.isPresent())")
        .beginControlFlow("if (value.isPresent())")
        .addStatement(codec.write(shape.value(), "value." + shape.getter() + "()"))
        .endControlFlow()
        .build();
  }
}
