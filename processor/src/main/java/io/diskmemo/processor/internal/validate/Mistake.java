package io.diskmemo.processor.internal.validate;

/** Something that the writer of the annotated code has to correct. Ends the check that found it. */
final class Mistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in no dependency
  Mistake(MistakeId id, String format, Object... arguments) {
    super(id.shown() + " " + String.format(format, arguments), null, false, false);
  }
}
