package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import io.diskmemo.processor.internal.model.Expiry;
import io.diskmemo.processor.internal.model.Gate;
import io.diskmemo.processor.internal.model.Gated;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.StoredShape;
import io.diskmemo.processor.internal.model.Tag;
import io.diskmemo.processor.internal.model.Wrapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the comment of a wrapper: what it was made from, and how results are kept. */
final class ClassComment {
  /** Of a line of a comment, without the asterisk before it. */
  private static final int WIDTH = 97;

  private ClassComment() {}

  static CodeBlock of(Wrapper wrapper) {
    CodeBlock.Builder comment = CodeBlock.builder()
        .add(
            "{@link $T} with its $L by DiskMemo.\n",
            ClassName.get(wrapper.type()),
            wrapper.keepsResults() ? "results kept" : "calls coordinated");
    for (Memoized method : wrapper.memoized()) {
      comment.add(section(method.signature(), lines(method)));
    }
    for (Gated method : wrapper.gated()) {
      comment.add(section(method.signature(), lines(method.gate(), "call")));
    }
    return comment.build();
  }

  private static CodeBlock section(Signature method, List<String> lines) {
    CodeBlock.Builder section = CodeBlock.builder().add("\n<p>$L\n\n<ul>\n", code(title(method)));
    for (String line : lines) {
      section.add("$L\n", wrapped("  <li>" + line));
    }
    return section.add("</ul>\n").build();
  }

  private static String title(Signature method) {
    return method.parameters().stream()
        .map(parameter -> shortName(parameter.type()))
        .collect(Collectors.joining(", ", method.name() + "(", ")"));
  }

  private static List<String> lines(Gate gate, String what) {
    List<String> lines = new ArrayList<>();
    gate.oneAtATime()
        .ifPresent(one -> lines.add("one " + what + " at a time of all under " + code(one.name())));
    gate.throttled()
        .ifPresent(throttled -> lines.add("at most "
            + (throttled.permits() == 1 ? "one " + what : throttled.permits() + " " + what + "s")
            + " in " + amount(throttled.period()) + " of all under " + code(throttled.name())));
    return lines;
  }

  private static List<String> lines(Memoized method) {
    List<String> lines = new ArrayList<>(linesOfEntries(method));
    method.gate().ifPresent(gate -> lines.addAll(lines(gate, "computation")));
    return lines;
  }

  private static List<String> linesOfEntries(Memoized method) {
    return List.of(
        "key: " + key(method.key()),
        "kind " + code(method.kind()) + ", version " + method.version() + ", "
            + expiry(method.expiry()),
        "tags: " + tags(method.tags()),
        "value: " + code(shortName(method.signature().returns())) + ", "
            + storage(method)
            + (method.sharesResult()
                ? "immutable, one instance for all callers"
                : "mutable, a copy for each caller"));
  }

  private static String storage(Memoized method) {
    String later = method.isLater() ? "kept once it is complete, " : "";
    if (method.result() instanceof StoredShape stored) {
      return later + "written by " + code(shortName(stored.codec())) + ", ";
    }
    return method.result() instanceof JsonShape ? later + "as JSON by Jackson, " : later;
  }

  private static String key(List<KeyComponent> components) {
    if (components.isEmpty()) {
      return "the method alone";
    }
    return components.stream().map(ClassComment::component).collect(Collectors.joining(", "));
  }

  private static String component(KeyComponent component) {
    String name = code(nameInSource(component));
    if (component.source() instanceof KeyComponent.Delegate) {
      return "the delegate";
    }
    if (component.source() instanceof KeyComponent.Constant) {
      return "the constant";
    }
    if (component.source() instanceof KeyComponent.Argument) {
      return component.byContent() ? "the content of " + name : name;
    }
    return name + " of the receiver";
  }

  /** The name of a component has an underscore where a record may not have the one in the source. */
  private static String nameInSource(KeyComponent component) {
    if (component.source() instanceof KeyComponent.Argument argument) {
      return argument.parameter();
    }
    if (component.source() instanceof KeyComponent.Captured
        || component.source() instanceof KeyComponent.Field) {
      return ((KeyComponent.ReceiverSource) component.source()).name();
    }
    return component.name();
  }

  private static String expiry(Expiry expiry) {
    if (expiry instanceof Expiry.After after) {
      return "kept for " + amount(after.timeToLive());
    }
    return expiry instanceof Expiry.Never
        ? "kept for ever"
        : "kept as long as the profile of the kind says";
  }

  private static String amount(Duration duration) {
    Amount amount = Amount.of(duration);
    String units = amount.unit().toLowerCase(Locale.ROOT);
    return amount.count() + " "
        + (amount.count() == 1 ? units.substring(0, units.length() - 1) : units);
  }

  private static String tags(List<Tag> tags) {
    if (tags.isEmpty()) {
      return "none";
    }
    return tags.stream().map(tag -> code(tag.template())).collect(Collectors.joining(", "));
  }

  /** Text that neither ends the comment nor means anything to a reader of it. */
  private static String code(String text) {
    boolean isPlain =
        text.matches("[\\w ./:;,()\\[\\]<>?&=+-]*(\\{[\\w.]*}[\\w ./:;,()\\[\\]-]*)*");
    return isPlain ? "{@code " + text + "}" : "<code>" + escaped(text) + "</code>";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> {
      if (Character.isLetterOrDigit(c) || c == ' ' || c == ':') {
        escaped.appendCodePoint(c);
      } else {
        escaped.append("&#").append(c).append(';');
      }
    });
    return escaped.toString();
  }

  private static String shortName(TypeName type) {
    if (type instanceof ClassName name) {
      return String.join(".", name.simpleNames());
    }
    if (type instanceof ArrayTypeName array) {
      return shortName(array.componentType()) + "[]";
    }
    if (type instanceof ParameterizedTypeName generic) {
      return generic.typeArguments().stream()
          .map(ClassComment::shortName)
          .collect(Collectors.joining(", ", shortName(generic.rawType()) + "<", ">"));
    }
    if (type instanceof WildcardTypeName wildcard && !wildcard.lowerBounds().isEmpty()) {
      return "? super " + shortName(wildcard.lowerBounds().get(0));
    }
    if (type instanceof WildcardTypeName wildcard
        && !wildcard.upperBounds().equals(List.of(ClassName.get(Object.class)))) {
      return "? extends " + shortName(wildcard.upperBounds().get(0));
    }
    return type.toString();
  }

  /** A line, with breaks at spaces that are in no tag. */
  private static String wrapped(String line) {
    StringBuilder wrapped = new StringBuilder();
    int start = 0;
    int lastSpace = -1;
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (i - start >= WIDTH && lastSpace > start) {
        wrapped.append(line, start, lastSpace).append("\n     ");
        start = lastSpace;
      }
      if (c == ' ' && depth == 0) {
        lastSpace = i;
      }
    }
    return wrapped.append(line, start, line.length()).toString();
  }
}
