package io.diskmemo.processor.internal.model;

import java.util.List;

/**
 * A template of a tag.
 *
 * @param template as the annotation has it
 * @param parts what is joined
 */
public record Tag(String template, List<Part> parts) {

  /** A piece of a template. */
  public sealed interface Part {}

  /**
   * Text that is the same in every call.
   *
   * @param text not empty
   */
  public record Text(String text) implements Part {}

  /**
   * What a brace stands for.
   *
   * @param component of the arguments record
   * @param isPrimitive whether the component cannot be null
   * @param accessors called one after another
   * @param isConstant whether the last value is an enum constant, which stands for its name
   */
  public record Value(
      String component, boolean isPrimitive, List<Accessor> accessors, boolean isConstant)
      implements Part {}

  /**
   * A method without parameters.
   *
   * @param method its name
   * @param isPrimitive whether it cannot return null
   */
  public record Accessor(String method, boolean isPrimitive) {}
}
