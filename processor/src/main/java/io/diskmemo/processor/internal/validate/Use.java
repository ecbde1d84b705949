package io.diskmemo.processor.internal.validate;

import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeVariable;

/** What a type is wanted for, which decides what may be done about one that is not supported. */
enum Use {
  PARAMETER(
      MistakeId.UNSUPPORTED_PARAMETER,
      "parameter",
      "has no canonical encoding for the key",
      ", or annotate the parameter with @KeyIgnore if it does not influence the result"),
  FIELD(
      MistakeId.UNSUPPORTED_KEY_PART,
      "key part",
      "has no canonical encoding for the key",
      ", or annotate the field with @KeyIgnore if it does not influence results"),
  KEY_PART(
      MistakeId.UNSUPPORTED_KEY_PART,
      "key part",
      "has no canonical encoding for the key",
      ", or take @KeyPart from it if it does not influence results"),
  RESULT(MistakeId.UNSUPPORTED_RESULT, "result", "cannot be stored", "");

  private final MistakeId id;
  private final String role;
  private final String reason;
  private final String otherWayOut;

  Use(MistakeId id, String role, String reason, String otherWayOut) {
    this.id = id;
    this.role = role;
    this.reason = reason;
    this.otherWayOut = otherWayOut;
  }

  /** Whether values are read back, beside being written. */
  boolean isRead() {
    return this == RESULT;
  }

  Mistake unsupported(String path, Object type, String wayOut) {
    return new Mistake(
        id, "%s has type %s, which %s; %s%s", subject(path), type, reason, wayOut, otherWayOut);
  }

  Mistake growing(String path, Object type) {
    return new Mistake(
        MistakeId.RECURSIVE_TYPE,
        "%s has type %s, which contains itself with ever larger type arguments, so that there is no"
            + " end to its shape; use the same type arguments inside%s",
        subject(path),
        type,
        otherWayOut);
  }

  Mistake variable(String path, TypeVariable variable) {
    return new Mistake(
        MistakeId.TYPE_VARIABLE,
        "%s has the type variable %s, so the shape of its values is not known at compile time; %s%s",
        subject(path),
        variable,
        isRead()
            ? wayOutOfResult(variable)
            : "write the type out, or give " + variable
                + " a bound that is an enum, a record or a sealed interface",
        otherWayOut);
  }

  private static String wayOutOfResult(TypeVariable variable) {
    return Tools.enclosing(variable.asElement()) instanceof TypeElement
        ? "annotate a method of a subtype that writes the type out"
        : "write the type out, in one method for each type";
  }

  /** "parameter rows[]", "result", "result[]", "result Report.rows[]". */
  private String subject(String path) {
    return path.isEmpty() || path.startsWith("[") || path.startsWith(".")
        ? role + path
        : role + " " + path;
  }
}
