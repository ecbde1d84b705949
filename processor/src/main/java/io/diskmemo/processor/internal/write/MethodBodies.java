package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import io.diskmemo.processor.internal.model.EncodableShape;
import io.diskmemo.processor.internal.model.EncodedShape;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.Shape;
import io.diskmemo.processor.internal.model.ShapeVisitor;
import io.diskmemo.processor.internal.model.StoredShape;

/**
 * Bodies of the methods that wrappers have for shapes. There is none for shapes whose values go to somebody
 * else's code: it is called where they stand.
 */
interface MethodBodies extends ShapeVisitor<CodeBlock> {

  @Override
  default CodeBlock visit(EncodableShape shape) {
    throw none(shape);
  }

  @Override
  default CodeBlock visit(EncodedShape shape) {
    throw none(shape);
  }

  @Override
  default CodeBlock visit(StoredShape shape) {
    throw none(shape);
  }

  @Override
  default CodeBlock visit(JsonShape shape) {
    throw none(shape);
  }

  private static IllegalStateException none(Shape shape) {
    return new IllegalStateException(shape + " has no method of its own");
  }
}
