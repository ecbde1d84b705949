package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/**
 * One generated class.
 *
 * @param type the class or interface that it wraps; the only element that it is made from
 * @param binaryName of that type
 * @param name of the generated class
 * @param form how it wraps
 * @param componentModel for which it is annotated
 * @param isPublic whether everybody sees it
 * @param isMarkedGenerated whether it can see {@code javax.annotation.processing.Generated}
 * @param annotations carried over from the type
 * @param typeVariables those of the type
 * @param suppressions lint categories of warnings that are not the wrapper's fault, such as the
 *     deprecation of the type
 * @param takenNames simple names of {@code java.lang} that mean another class in its package
 * @param unqualifiedNames simple names of classes without a package, which must not be hidden
 * @param constructors those of the type, for a subclass; none for a delegating wrapper
 * @param captured constructor parameters that are key parts, each a field of the wrapper
 * @param memoized the methods whose results are kept, in order
 * @param gated the methods that are only called through a gate, in order
 * @param passedOn what else a delegating wrapper implements
 */
public record Wrapper(
    TypeElement type,
    String binaryName,
    ClassName name,
    Form form,
    ComponentModel componentModel,
    boolean isPublic,
    boolean isMarkedGenerated,
    List<AnnotationSpec> annotations,
    List<TypeVariableName> typeVariables,
    Set<String> suppressions,
    List<String> takenNames,
    Set<String> unqualifiedNames,
    List<Signature> constructors,
    List<Parameter> captured,
    List<Memoized> memoized,
    List<Gated> gated,
    List<Signature> passedOn) {

  /** How a wrapper gets at the original methods. */
  public enum Form {
    /** It extends the class and calls {@code super}. */
    SUBCLASS,
    /** It implements the interface and calls a delegate. */
    DELEGATING,
    /** It calls an instance of the class, which cannot be extended. */
    AROUND,
    /** It calls static methods. */
    STATIC,
    /** Not at all, because the type has a mistake that keeps it from being wrapped. */
    EMPTY
  }

  /**
   * Whether the wrapper extends the type.
   *
   * @return false if it has a delegate
   */
  public boolean isSubclass() {
    return form == Form.SUBCLASS;
  }

  /**
   * What a delegate says of itself.
   *
   * @return methods with {@code @KeyPart} of the interface
   */
  public List<KeyComponent> partsOfDelegate() {
    return memoized.stream()
        .limit(1)
        .flatMap(method -> method.key().stream())
        .filter(component -> component.source() instanceof KeyComponent.Getter)
        .toList();
  }

  /**
   * Whether delegates of one class are told apart by what they say of themselves.
   *
   * @return false if nothing in the interface does
   */
  public boolean tellsDelegatesApart() {
    return !partsOfDelegate().isEmpty();
  }

  /**
   * Whether the wrapper keeps anything.
   *
   * @return false if calls are only coordinated
   */
  public boolean keepsResults() {
    return !memoized.isEmpty() || gated.isEmpty();
  }

  /**
   * Whether the delegate is part of keys.
   *
   * @return false if there is none, or no results are kept
   */
  public boolean isKeyedByDelegate() {
    return form == Form.DELEGATING && !memoized.isEmpty();
  }

  /**
   * The gates of all methods.
   *
   * @return those of memoized methods first
   */
  public List<Gate> gates() {
    return Stream.concat(
            memoized.stream().flatMap(method -> method.gate().stream()),
            gated.stream().map(Gated::gate))
        .toList();
  }

  /**
   * Whether the wrapper has the type's methods because it is a subtype.
   *
   * @return false if it only looks like one
   */
  public boolean isSubtype() {
    return form == Form.SUBCLASS || form == Form.DELEGATING;
  }

  /**
   * Whether the wrapper stands before an instance of the type.
   *
   * @return true if its constructors take one
   */
  public boolean hasDelegate() {
    return form == Form.DELEGATING || form == Form.AROUND;
  }
}
