package io.diskmemo.processor.internal.model;

import com.palantir.javapoet.TypeName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Digest of the tags, and of everything about types that decides how keys and values are encoded: names of
 * types with their type arguments, the names and types of the components of records, in order, and
 * of the properties of classes that Jackson writes, at every depth. Names of receiver parts count too,
 * because nothing else tells two of one type apart when they change places; of parameters the position
 * counts, and not the name. Of those that are not in the key only type variables count. A type is
 * described where it is first met in the key, and again in the result.
 */
final class Fingerprint implements ShapeVisitor<StringBuilder> {
  private static final int BYTES = 16;

  private final StringBuilder description = new StringBuilder();
  private final Set<TypeName> describedTypes = new HashSet<>();

  /** As JSON a record has its properties sorted by name, which says nothing about its components. */
  private final Set<TypeName> describedAsJson = new HashSet<>();

  private Fingerprint() {}

  static String of(Memoized method) {
    Fingerprint fingerprint = new Fingerprint();
    List<String> parameters =
        method.signature().parameters().stream().map(Parameter::name).toList();
    for (KeyComponent component : method.key()) {
      fingerprint.describe(component, parameters);
    }
    method.ignoredVariables().forEach(fingerprint::describeIgnored);
    fingerprint.describeResult(method.result());
    method.tags().forEach(fingerprint::describe);
    return fingerprint.digest();
  }

  /** Overloads may differ in the bound of such a variable only, and have one identity then. */
  private void describeIgnored(int index, TypeName erasure) {
    description.append(index).append(":ignored ").append(erasure).append(';');
  }

  /** Types that the key describes are described again, as keys leave out what results hold. */
  private void describeResult(Shape result) {
    describedTypes.clear();
    description.append("->");
    result.accept(this);
  }

  /** The sign between tags is in none, as no template has a control character. */
  private void describe(Tag tag) {
    description.append('#').append(tag.template().replace('#', '\0'));
  }

  private void describe(KeyComponent component, List<String> parameters) {
    if (component.source() instanceof KeyComponent.ReceiverSource source) {
      description.append(source.name()).append(':');
    }
    if (component.source() instanceof KeyComponent.Argument argument) {
      description.append(parameters.indexOf(argument.parameter())).append(':');
    }
    if (component.byContent()) {
      description.append("content of ");
    }
    component.shape().accept(this);
    description.append(';');
  }

  private String digest() {
    byte[] digest = sha256().digest(description.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public StringBuilder visit(Leaf shape) {
    return named(shape);
  }

  @Override
  public StringBuilder visit(EnumShape shape) {
    return named(shape);
  }

  @Override
  public StringBuilder visit(RecordShape shape) {
    named(shape);
    if (describedTypes.add(shape.type())) {
      description.append('{');
      for (RecordShape.Component component : shape.components()) {
        description.append(component.name()).append(':');
        component.shape().accept(this);
        description.append(';');
      }
      description.append('}');
    }
    return description;
  }

  /** Their order counts, because values say which of them they are by its number. */
  @Override
  public StringBuilder visit(SealedShape shape) {
    named(shape);
    if (describedTypes.add(shape.type())) {
      description.append('(');
      for (Shape subtype : shape.subtypes()) {
        subtype.accept(this).append('|');
      }
      description.append(')');
    }
    return description;
  }

  @Override
  public StringBuilder visit(Recurrence shape) {
    return named(shape);
  }

  @Override
  public StringBuilder visit(SequenceShape shape) {
    named(shape);
    return inside(shape.element());
  }

  @Override
  public StringBuilder visit(MapShape shape) {
    named(shape);
    inside(shape.key());
    return inside(shape.value());
  }

  @Override
  public StringBuilder visit(OptionalShape shape) {
    named(shape);
    return inside(shape.value());
  }

  @Override
  public StringBuilder visit(ArrayShape shape) {
    named(shape);
    return inside(shape.component());
  }

  @Override
  public StringBuilder visit(EncodableShape shape) {
    return named(shape);
  }

  @Override
  public StringBuilder visit(EncodedShape shape) {
    return named(shape).append(" by ").append(shape.encoder());
  }

  @Override
  public StringBuilder visit(StoredShape shape) {
    return named(shape).append(" by ").append(shape.codec());
  }

  @Override
  public StringBuilder visit(JsonShape shape) {
    named(shape).append(" as JSON");
    if (describedAsJson.add(shape.type())) {
      description.append('{');
      for (JsonShape.Property property : shape.properties()) {
        description.append(property.name()).append(':');
        property.shape().accept(this);
        description.append(';');
      }
      description.append('}');
    }
    return description;
  }

  private StringBuilder named(Shape shape) {
    return description.append(shape.type());
  }

  private StringBuilder inside(Shape shape) {
    description.append('[');
    return shape.accept(this).append(']');
  }
}
