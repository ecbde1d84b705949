package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** The annotations that a wrapper repeats, so that tools treat it as the original. */
final class CarriedAnnotations {
  private static final Set<String> NULLNESS =
      Set.of("CheckForNull", "NonNull", "Nonnull", "NotNull", "NullUnmarked", "Nullable");
  private static final String DEPRECATED = "java.lang.Deprecated";
  private static final String SAFE_VARARGS = "java.lang.SafeVarargs";

  private final Surroundings surroundings;

  CarriedAnnotations(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** By which callers of the wrapper are warned as those of the original are. */
  static List<AnnotationSpec> deprecationOf(Element element) {
    return Annotations.find(element, DEPRECATED)
        .map(AnnotationSpec::get)
        .map(List::of)
        .orElse(List.of());
  }

  /** Deprecation, safety of varargs, and whether it may be null. */
  List<AnnotationSpec> ofMethod(Element method) {
    return carried(method)
        .filter(mirror -> isForCompiler(mirror)
            || NULLNESS.contains(elementOf(mirror).getSimpleName().toString()))
        .map(this::spec)
        .toList();
  }

  /** What all constructors that stand for one have. */
  List<AnnotationSpec> ofConstructor(Element constructor) {
    return carried(constructor)
        .filter(CarriedAnnotations::isForCompiler)
        .map(this::spec)
        .toList();
  }

  /** What only one of them may have, such as {@code @Inject}. */
  List<AnnotationSpec> ofConstructorWithMemo(Element constructor) {
    return carried(constructor)
        .filter(mirror -> !isForCompiler(mirror))
        .map(this::spec)
        .toList();
  }

  List<AnnotationSpec> ofParameter(Element parameter) {
    return carried(parameter).map(this::spec).toList();
  }

  private AnnotationSpec spec(AnnotationMirror mirror) {
    for (Element mentioned : AnnotationMentions.in(mirror)) {
      if (mentioned instanceof TypeElement type) {
        surroundings.note(type);
      } else {
        surroundings.use(mentioned);
      }
    }
    return AnnotationSpec.get(mirror);
  }

  private static boolean isForCompiler(AnnotationMirror mirror) {
    return nameOf(mirror).equals(DEPRECATED) || nameOf(mirror).equals(SAFE_VARARGS);
  }

  private Stream<AnnotationMirror> carried(AnnotatedConstruct annotated) {
    return annotated.getAnnotationMirrors().stream()
        .filter(mirror -> mirror.getAnnotationType().getKind() != TypeKind.ERROR)
        .filter(mirror -> ElementFilter.typesIn(AnnotationMentions.in(mirror)).stream()
            .allMatch(surroundings::sees))
        .filter(mirror -> !nameOf(mirror).startsWith("io.diskmemo.annotations."))
        .filter(mirror -> !nameOf(mirror).equals("java.lang.SuppressWarnings"))
        .map(AnnotationMirror.class::cast);
  }

  private static TypeElement elementOf(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  private static String nameOf(AnnotationMirror mirror) {
    return elementOf(mirror).getQualifiedName().toString();
  }

  /**
   * A type with the annotations in it, without those that its element has already: the compiler gives
   * both what may be on either, and takes it as said of the components of an array.
   */
  TypeName typeOf(TypeMirror type, Element element) {
    return annotated(type, carried(element).map(AnnotationSpec::get).toList());
  }

  private TypeName annotated(TypeMirror type, List<AnnotationSpec> present) {
    boolean isArray = type.getKind() == TypeKind.ARRAY;
    List<AnnotationSpec> annotations = carried(type)
        .filter(mirror -> isArray || !present.contains(AnnotationSpec.get(mirror)))
        .map(this::spec)
        .toList();
    TypeName name = withAnnotationsInside(type, present);
    return annotations.isEmpty() ? name : name.annotated(annotations);
  }

  private TypeName withAnnotationsInside(TypeMirror type, List<AnnotationSpec> present) {
    if (type instanceof ArrayType array) {
      return ArrayTypeName.of(annotated(array.getComponentType(), present));
    }
    if (type instanceof DeclaredType declared
        && !declared.getTypeArguments().isEmpty()
        && declared.getEnclosingType().getKind() == TypeKind.NONE) {
      TypeName[] arguments = declared.getTypeArguments().stream()
          .map(argument -> annotated(argument, List.of()))
          .toArray(TypeName[]::new);
      return ParameterizedTypeName.get(
          ClassName.get((TypeElement) declared.asElement()), arguments);
    }
    return TypeName.get(type);
  }
}
