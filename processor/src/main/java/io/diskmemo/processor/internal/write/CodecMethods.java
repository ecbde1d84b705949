package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The methods of a wrapper that write and read results of more than one piece. */
final class CodecMethods {
  private final Instances instances;
  private final Set<TypeName> compared;
  private final Methods names;
  private final List<MethodSpec> methods = new ArrayList<>();
  private final WriteCode writeCode = new WriteCode(this);
  private final ReadCode readCode = new ReadCode(this);

  /**
   * No methods yet.
   *
   * @param instances of codecs that are not the wrapper's own
   * @param compared results that are compared with what is read back
   * @param inherited names of methods that these must not have
   */
  CodecMethods(Instances instances, List<Shape> compared, Set<String> inherited) {
    this.instances = instances;
    this.names = new Methods(Names.without(behindVerbs(inherited)), "");
    this.compared = typesInside(compared);
    compared.forEach(result -> this.compared.add(result.type()));
  }

  private static List<String> behindVerbs(Set<String> names) {
    return Stream.of("write", "read")
        .flatMap(verb -> MemberNames.behind(verb, names))
        .toList();
  }

  /** The types that values consist of, at any depth, without those of the values themselves. */
  static Set<TypeName> typesInside(List<Shape> shapes) {
    Set<TypeName> types = new HashSet<>();
    for (Shape shape : shapes) {
      shape.parts().forEach(part -> types.add(part.type()));
      types.addAll(typesInside(shape.parts()));
    }
    return types;
  }

  List<MethodSpec> methods() {
    return methods;
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
    if (shape instanceof Leaf leaf) {
      return CodeBlock.of("out.$L($L)", leaf.writeMethod(), value);
    }
    return shape instanceof EnumShape
        ? CodeBlock.of("out.writeEnum($L)", value)
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

  private String nameOf(Shape shape) {
    return names.nameFor(shape, this::addMethods);
  }

  private void addMethods(String name, Shape shape) {
    int place = methods.size();
    methods.add(place, writeMethod(name, shape));
    methods.add(place + 1, readMethod(name, shape));
  }

  /** Whether values are compared, so that it is to be said where sets and maps are. */
  boolean isCompared(Shape shape) {
    return compared.contains(shape.type());
  }

  /** Whether values can be nested without end. */
  boolean isRecursive(Shape shape) {
    return names.isRecursive(shape);
  }

  private MethodSpec writeMethod(String name, Shape shape) {
    return MethodSpec.methodBuilder("write" + name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(RuntimeTypes.VALUE_WRITER, "out")
        .addParameter(shape.type(), "value")
        .addCode(writeBody(shape))
        .build();
  }

  /** Statements that write {@code value}. */
  CodeBlock writeBody(Shape shape) {
    CodeBlock body = shape.accept(writeCode);
    CodeBlock.Builder code = CodeBlock.builder()
        .beginControlFlow("if (out.writeNull(value))")
        .addStatement("return")
        .endControlFlow();
    return isRecursive(shape)
        ? code.addStatement("out.enter()").add(body).addStatement("out.leave()").build()
        : code.add(body).build();
  }

  private MethodSpec readMethod(String name, Shape shape) {
    return MethodSpec.methodBuilder("read" + name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(RuntimeTypes.VALUE_READER, "in")
        .returns(shape.type())
        .addCode(readBody(shape))
        .build();
  }

  /** Statements that read a value and return it. */
  CodeBlock readBody(Shape shape) {
    return CodeBlock.builder()
        .beginControlFlow("if (in.readNull())")
        .addStatement("return null")
        .endControlFlow()
        .add(shape.accept(readCode))
        .build();
  }
}
