package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.CodeBlock;
import io.diskmemo.processor.internal.model.Tag;
import java.util.ArrayList;
import java.util.List;

/** Writes expressions of tags, over the components of an arguments record. */
final class TagCode {
  private TagCode() {}

  /** An expression of type {@link String} that is never null. */
  static CodeBlock text(Tag tag) {
    List<Tag.Part> parts = tag.parts();
    if (parts.size() == 1 && parts.get(0) instanceof Tag.Value value) {
      return CodeBlock.of("$T.valueOf($L)", String.class, expression(value));
    }
    List<CodeBlock> terms = new ArrayList<>();
    if (parts.get(0) instanceof Tag.Value) {
      terms.add(CodeBlock.of("$S", ""));
    }
    for (Tag.Part part : parts) {
      terms.add(term(part));
    }
    return CodeBlock.join(terms, " + ");
  }

  private static CodeBlock term(Tag.Part part) {
    if (part instanceof Tag.Value value) {
      return conditions(value).isEmpty()
          ? expression(value)
          : CodeBlock.of("($L)", expression(value));
    }
    return CodeBlock.of("$S", ((Tag.Text) part).text());
  }

  /** The value, or the text "null" if it or anything on the way to it is null. */
  private static CodeBlock expression(Tag.Value value) {
    String path = path(value, value.accessors().size());
    String result = value.isConstant() ? path + ".name()" : path;
    List<String> conditions = conditions(value);
    return conditions.isEmpty()
        ? CodeBlock.of("$L", result)
        : CodeBlock.of("$L ? $S : $L", String.join(" || ", conditions), "null", result);
  }

  /** A check of each reference that a method is called on. */
  private static List<String> conditions(Tag.Value value) {
    List<String> conditions = new ArrayList<>();
    int calls = value.accessors().size() + (value.isConstant() ? 1 : 0);
    for (int i = 0; i < calls; i++) {
      boolean isPrimitive =
          i == 0 ? value.isPrimitive() : value.accessors().get(i - 1).isPrimitive();
      if (!isPrimitive) {
        conditions.add(path(value, i) + " == null");
      }
    }
    return conditions;
  }

  private static String path(Tag.Value value, int length) {
    StringBuilder path = new StringBuilder(value.component());
    for (Tag.Accessor accessor : value.accessors().subList(0, length)) {
      path.append('.').append(accessor.method()).append("()");
    }
    return path.toString();
  }
}
