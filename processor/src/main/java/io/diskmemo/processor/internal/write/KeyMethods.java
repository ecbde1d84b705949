package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.diskmemo.processor.internal.model.ArrayShape;
import io.diskmemo.processor.internal.model.EncodableShape;
import io.diskmemo.processor.internal.model.EncodedShape;
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
import java.util.List;
import javax.lang.model.element.Modifier;

/** The methods of a wrapper that write arguments of more than one piece into a key. */
final class KeyMethods implements MethodBodies {
  private final Methods names;
  private final Instances instances;
  private final List<MethodSpec> methods = new ArrayList<>();

  /**
   * No methods yet.
   *
   * @param instances of encoders
   * @param names of methods that a call from the arguments records would find first
   */
  KeyMethods(Names names, Instances instances) {
    this.instances = instances;
    this.names = new Methods(names, "write");
  }

  List<MethodSpec> methods() {
    return methods;
  }

  /** A statement that writes a value. */
  CodeBlock write(Shape shape, String key, CodeBlock value) {
    if (shape instanceof Leaf leaf) {
      return CodeBlock.of("$N.$L($L)", key, leaf.writeMethod(), value);
    }
    if (shape instanceof EnumShape) {
      return CodeBlock.of("$N.writeEnum($L)", key, value);
    }
    if (shape instanceof EncodableShape) {
      return CodeBlock.of("$N.writeEncodable($L)", key, value);
    }
    if (shape instanceof EncodedShape encoded) {
      return CodeBlock.of("$N.writeEncoded($L, $N)", key, value, instances.encoder(encoded));
    }
    return CodeBlock.of("$N($N, $L)", names.nameFor(shape, this::addMethod), key, value);
  }

  private CodeBlock write(Shape shape, String value) {
    return write(shape, "key", CodeBlock.of("$L", value));
  }

  private void addMethod(String name, Shape shape) {
    int place = methods.size();
    MethodSpec.Builder method = MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(RuntimeTypes.KEY_WRITER, "key")
        .addParameter(shape.type(), "value")
        .beginControlFlow("if (key.writeNull(value))")
        .addStatement("return")
        .endControlFlow();
    CodeBlock body = shape.accept(this);
    if (names.isRecursive(shape)) {
      method.addStatement("key.enter()").addCode(body).addStatement("key.leave()");
    } else {
      method.addCode(body);
    }
    methods.add(place, method.build());
  }

  @Override
  public CodeBlock visit(Leaf shape) {
    return CodeBlock.builder().addStatement(write(shape, "value")).build();
  }

  @Override
  public CodeBlock visit(EnumShape shape) {
    return CodeBlock.builder().addStatement(write(shape, "value")).build();
  }

  @Override
  public CodeBlock visit(RecordShape shape) {
    CodeBlock.Builder code = CodeBlock.builder()
        .addStatement(
            "key.beginRecord($S, $L)", shape.binaryName(), shape.components().size());
    for (RecordShape.Component component : shape.components()) {
      code.addStatement(write(component.shape(), "value." + component.name() + "()"));
    }
    return code.build();
  }

  @Override
  public CodeBlock visit(SealedShape shape) {
    return Dispatch.on(
        shape,
        (subtype, value) ->
            CodeBlock.builder().addStatement(write(subtype, "key", value)).build());
  }

  @Override
  public CodeBlock visit(Recurrence shape) {
    throw new IllegalStateException(shape.type() + " is not inside itself");
  }

  @Override
  public CodeBlock visit(SequenceShape shape) {
    boolean isSet = shape.kind() == SequenceShape.Kind.SET;
    CodeBlock.Builder code = CodeBlock.builder();
    code.addStatement("key.$L(value.size())", isSet ? "beginSet" : "beginList");
    code.beginControlFlow("for ($T element : value)", shape.element().type());
    if (isSet) {
      code.addStatement("key.beginElement()");
    }
    code.addStatement(write(shape.element(), "element"));
    code.endControlFlow();
    if (isSet) {
      code.addStatement("key.endSet()");
    }
    return code.build();
  }

  @Override
  public CodeBlock visit(MapShape shape) {
    return CodeBlock.builder()
        .addStatement("key.beginMap(value.size())")
        .beginControlFlow("for ($T entry$W: value.entrySet())", shape.entryType())
        .addStatement("key.beginElement()")
        .addStatement(write(shape.key(), "entry.getKey()"))
        .addStatement(write(shape.value(), "entry.getValue()"))
        .endControlFlow()
        .addStatement("key.endMap()")
        .build();
  }

  @Override
  public CodeBlock visit(OptionalShape shape) {
    return CodeBlock.builder()
        .addStatement("key.beginOptional(value.isPresent())")
        .beginControlFlow("if (value.isPresent())")
        .addStatement(write(shape.value(), "value." + shape.getter() + "()"))
        .endControlFlow()
        .build();
  }

  @Override
  public CodeBlock visit(ArrayShape shape) {
    return CodeBlock.builder()
        .addStatement("key.beginArray(value.length)")
        .beginControlFlow("for ($T element : value)", shape.component().type())
        .addStatement(write(shape.component(), "element"))
        .endControlFlow()
        .build();
  }
}
