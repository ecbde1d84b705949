package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Shape;
import io.diskmemo.processor.internal.model.StoredShape;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/** Reads what is kept of what methods return. */
final class Results {
  private final Tools tools;
  private final Surroundings surroundings;
  private static final ClassName BLOB = ClassName.get("io.diskmemo.codec", "Blob");
  private static final ClassName BLOB_CODEC = ClassName.get("io.diskmemo.codec", "BlobCodec");

  private final ShapeReader shapes;
  private final UserClasses codecs;

  Results(Tools tools, Surroundings surroundings) {
    this.tools = tools;
    this.surroundings = surroundings;
    this.shapes = new ShapeReader(tools, surroundings, Use.RESULT);
    this.codecs = UserClasses.codecs(tools, surroundings);
  }

  /** The shape of a result, or of the value that a stage completes with. */
  Shape read(ExecutableElement method, TypeMirror returned) {
    surroundings.mention(returned);
    TypeMirror type = isLater(returned) ? valueOf(method, (DeclaredType) returned) : returned;
    Optional<AnnotationMirror> storedBy = Annotations.find(method, Annotations.STORED_BY);
    if (storedBy.isEmpty() && TypeName.get(type).equals(BLOB)) {
      return new StoredShape(BLOB, BLOB_CODEC, true);
    }
    if (storedBy.isEmpty()) {
      return shapes.read(type, "");
    }
    ClassName codec = codecs.named(storedBy.get(), type, true);
    boolean isShared = Boolean.TRUE.equals(Annotations.value(tools, storedBy.get(), "shared"));
    return new StoredShape(TypeName.get(type), codec, isShared);
  }

  /** Whether a type is a stage with a type argument. */
  boolean isLater(TypeMirror returned) {
    if (returned.getKind() != TypeKind.DECLARED
        || ((DeclaredType) returned).getTypeArguments().isEmpty()) {
      return false;
    }
    String name = ((TypeElement) ((DeclaredType) returned).asElement()).getQualifiedName() + "";
    return name.equals("java.util.concurrent.CompletionStage")
        || name.equals("java.util.concurrent.CompletableFuture");
  }

  private static TypeMirror valueOf(ExecutableElement method, DeclaredType stage) {
    TypeMirror argument = stage.getTypeArguments().get(0);
    if (argument instanceof WildcardType wildcard && wildcard.getExtendsBound() != null) {
      argument = wildcard.getExtendsBound();
    }
    if (TypeName.get(argument).equals(TypeName.VOID.box())) {
      throw new Mistake(
          MistakeId.VOID,
          "%s returns a stage of Void, so there is nothing to store; return a value or remove"
              + " @DiskMemoize",
          method.getSimpleName());
    }
    return argument;
  }
}
