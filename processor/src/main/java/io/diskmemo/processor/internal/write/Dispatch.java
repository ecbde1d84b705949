package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import io.diskmemo.processor.internal.model.SealedShape;
import io.diskmemo.processor.internal.model.Shape;
import java.util.List;
import java.util.function.BiFunction;

/** Writes a choice by the class of {@code value}, which is not null. */
final class Dispatch {
  private Dispatch() {}

  /** The last subtype needs no question: the compiler sees to it that there is no other. */
  static CodeBlock on(SealedShape shape, BiFunction<Shape, CodeBlock, CodeBlock> write) {
    List<Shape> subtypes = shape.subtypes();
    int last = subtypes.size() - 1;
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = 0; i < last; i++) {
      String variable = Names.variable(ShapeNames.of(subtypes.get(i)));
      code.add(i == 0 ? "" : " else ")
          .add("if (value instanceof $T $N) {\n$>", subtypes.get(i).type(), variable)
          .add(write.apply(subtypes.get(i), CodeBlock.of("$N", variable)))
          .add("$<}");
    }
    CodeBlock rest = write.apply(
        subtypes.get(last), CodeBlock.of("($T) value", subtypes.get(last).type()));
    return last == 0 ? rest : code.add(" else {\n$>").add(rest).add("$<}\n").build();
  }
}
