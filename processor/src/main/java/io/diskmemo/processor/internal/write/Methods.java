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
  private final Map<TypeName, Set<TypeName>> callees = new HashMap<>();
  private final Deque<Shape> open = new ArrayDeque<>();
  private final Set<TypeName> recursive = new HashSet<>();

  Methods(Names names, String prefix) {
    this.names = names;
    this.prefix = prefix;
  }

  /** The name of the method for a shape, which is written if there is none yet. */
  String nameFor(Shape shape, BiConsumer<String, Shape> write) {
    if (!open.isEmpty()) {
      callees.computeIfAbsent(open.element().type(), type -> new HashSet<>()).add(shape.type());
    }
    String known = nameByType.get(shape.type());
    if (known != null) {
      noteIfCycle(shape.type());
      return known;
    }
    String name = names.free(prefix + ShapeNames.of(shape));
    nameByType.put(shape.type(), name);
    open.push(shape);
    write.accept(name, shape);
    open.pop();
    return name;
  }

  /**
   * Every cycle of types has a record or a sealed interface in it; the innermost one is marked. A cycle
   * may lead through methods that are written already.
   */
  private void noteIfCycle(TypeName type) {
    if (open.isEmpty() || !leadsToOpen(type, new HashSet<>())) {
      return;
    }
    for (Shape shape : open) {
      if (shape instanceof RecordShape || shape instanceof SealedShape) {
        recursive.add(shape.type());
        return;
      }
    }
  }

  /** Whether a type holds one whose method is being written, with none that is marked in between. */
  private boolean leadsToOpen(TypeName type, Set<TypeName> seen) {
    return isOpen(type)
        || (!recursive.contains(type)
            && seen.add(type)
            && callees.getOrDefault(type, Set.of()).stream()
                .anyMatch(callee -> leadsToOpen(callee, seen)));
  }

  /** Of the methods that are being written, those outside a marked one are counted there already. */
  private boolean isOpen(TypeName type) {
    for (Shape shape : open) {
      if (recursive.contains(shape.type())) {
        return false;
      }
      if (shape.type().equals(type)) {
        return true;
      }
    }
    return false;
  }

  /** Whether values of a shape, as written so far, can be nested without end. */
  boolean isRecursive(Shape shape) {
    return recursive.contains(shape.type());
  }
}
