package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;

/**
 * One component of a method's arguments record.
 *
 * @param name of the component
 * @param shape of its type
 * @param byContent whether it is a file that is keyed by what it holds
 * @param source where the wrapper gets it
 */
public record KeyComponent(String name, Shape shape, boolean byContent, Source source) {

  /** Where a component comes from. */
  public sealed interface Source {}

  /**
   * A parameter of the memoized method.
   *
   * @param parameter its name
   */
  public record Argument(String parameter) implements Source {}

  /** State of the receiver. */
  public sealed interface ReceiverSource extends Source {

    /**
     * What tells it from other state of the receiver.
     *
     * @return name of a field, parameter or method
     */
    String name();
  }

  /**
   * A field that the subclass inherits.
   *
   * @param name of the field
   * @param owner class that declares it
   * @param isHidden whether another field of that name hides it
   * @param isFinal whether it stays as it is
   */
  public record Field(String name, TypeName owner, boolean isHidden, boolean isFinal)
      implements ReceiverSource {}

  /**
   * A constructor parameter that the subclass keeps.
   *
   * @param name of the parameter
   */
  public record Captured(String name) implements ReceiverSource {}

  /**
   * A method without parameters, of the superclass or the delegate.
   *
   * @param name of the method
   */
  public record Getter(String name) implements ReceiverSource {}

  /** The delegate itself, which is an enum constant. */
  public record Constant() implements ReceiverSource {
    @Override
    public String name() {
      return "constant";
    }
  }

  /** What tells the delegate from others. */
  public record Delegate() implements ReceiverSource {
    @Override
    public String name() {
      return "class";
    }
  }

  /**
   * Whether the component may be compared instead of its key.
   *
   * @return false if that cannot be told, or if it stands for a file's content
   */
  public boolean isValue() {
    return !byContent && shape.isValue();
  }

  /**
   * Whether the component is the same for all calls of one receiver, or comes with each call. Of a
   * delegate, the wrapper finds out when it is given one.
   *
   * @return false if the receiver may change it between two calls
   */
  public boolean isSettled() {
    return !(source instanceof Getter) && !(source instanceof Field field && !field.isFinal());
  }

  /**
   * Type of the component.
   *
   * @return as declared
   */
  public TypeName type() {
    return shape.type();
  }
}
