package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.RecordShape;
import io.diskmemo.processor.internal.model.SealedShape;
import io.diskmemo.processor.internal.model.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The names of methods that are written for shapes, one for each type, and which of them call
 * themselves by way of others.
 */
final class Methods {
  private final Names names;
  private final String prefix;
  private final Map<TypeName, String> nameByType = new HashMap<>();
  private final Deque<Shape> open = new ArrayDeque<>();
  private final Set<TypeName> recursive = new HashSet<>();

  Methods(Names names, String prefix) {
    this.names = names;
    this.prefix = prefix;
  }

  /** The name of the method for a shape, which is written if there is none yet. */
  String nameFor(Shape shape, BiConsumer<String, Shape> write) {
    String known = nameByType.get(shape.type());
    if (known != null) {
      noteIfOpen(shape.type());
      return known;
    }
    String name = names.free(prefix + ShapeNames.of(shape));
    nameByType.put(shape.type(), name);
    open.push(shape);
    write.accept(name, shape);
    open.pop();
    return name;
  }

  /** Every cycle of types has a record or a sealed interface in it; the innermost one is marked. */
  private void noteIfOpen(TypeName type) {
    if (open.stream().noneMatch(shape -> shape.type().equals(type))) {
      return;
    }
    for (Shape shape : open) {
      if (shape instanceof RecordShape || shape instanceof SealedShape) {
        recursive.add(shape.type());
        return;
      }
    }
  }

  /** Whether values of a shape, as written so far, can be nested without end. */
  boolean isRecursive(Shape shape) {
    return recursive.contains(shape.type());
  }
}
