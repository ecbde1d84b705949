package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.Gate;
import io.diskmemo.processor.internal.model.Gated;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Shape;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.StoredShape;
import io.diskmemo.processor.internal.model.Wrapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The names of a wrapper's own members. Overloads are told apart by numbers, in the order of the
 * source.
 *
 * @param delegate field of the delegate
 * @param identity field of what tells it from others
 * @param captured fields of constructor parameters, by parameter
 * @param gates members of gates
 * @param methods members of memoized methods, in their order
 * @param codecs names of codec classes, by result type
 */
record Members(
    String delegate,
    String identity,
    Map<String, String> captured,
    Map<Gate, OfGate> gates,
    List<OfMethod> methods,
    Map<TypeName, String> codecs) {

  /**
   * The members of one memoized method.
   *
   * @param constant its specification
   * @param field the bound method
   * @param arguments the record of its arguments
   */
  record OfMethod(String constant, String field, String arguments) {}

  /**
   * The members of one gate.
   *
   * @param constant its specification
   * @param field the bound gate
   */
  record OfGate(String constant, String field) {}

  static Members of(Wrapper wrapper) {
    List<String> hidden = parametersNamedLikeConstants(wrapper);
    hidden.addAll(ClassName.get(wrapper.type()).simpleNames());
    Names fields = Names.without(hidden);
    Map<String, String> captured = new LinkedHashMap<>();
    for (Parameter parameter : wrapper.captured()) {
      captured.put(parameter.name(), fields.free(parameter.name()));
    }
    String delegate = fields.free("delegate");
    String identity = fields.free("identity");
    Names types = Names.ofClassesWithout(wrapper.unqualifiedNames());
    types.free(wrapper.name().simpleName());
    List<OfMethod> methods = new ArrayList<>();
    for (Memoized memoized : wrapper.memoized()) {
      String name = memoized.signature().name();
      methods.add(new OfMethod(
          fields.free(Names.constant(name), "_", ""),
          fields.free(name),
          types.free(Names.capitalized(name), "", "Arguments")));
    }
    return new Members(
        delegate, identity, captured, gates(wrapper, fields), methods, codecs(wrapper, types));
  }

  private static Map<Gate, OfGate> gates(Wrapper wrapper, Names fields) {
    Map<Gate, OfGate> gates = new LinkedHashMap<>();
    for (Memoized memoized : wrapper.memoized()) {
      memoized
          .gate()
          .ifPresent(gate -> gates.put(gate, ofGate(memoized.signature().name(), fields)));
    }
    for (Gated gated : wrapper.gated()) {
      gates.put(gated.gate(), ofGate(gated.signature().name(), fields));
    }
    return gates;
  }

  private static OfGate ofGate(String name, Names fields) {
    return new OfGate(
        fields.free(Names.constant(name) + "_GATE", "_", ""), fields.free(name + "Gate"));
  }

  OfGate gate(Gate gate) {
    return Objects.requireNonNull(gates.get(gate));
  }

  /** Names for further constants. */
  Names constants() {
    List<String> taken = new ArrayList<>(fieldNames());
    methods.forEach(method -> taken.add(method.constant()));
    gates.values().forEach(gate -> taken.add(gate.constant()));
    return Names.without(taken);
  }

  /** The names that hide nothing of the wrapper when a local variable does not have them. */
  Set<String> fieldNames() {
    Set<String> names = new HashSet<>(captured.values());
    names.add(delegate);
    names.add(identity);
    methods.forEach(method -> names.add(method.field()));
    gates.values().forEach(gate -> names.add(gate.field()));
    return names;
  }

  private static Map<TypeName, String> codecs(Wrapper wrapper, Names types) {
    Map<TypeName, String> codecs = new LinkedHashMap<>();
    for (Memoized memoized : wrapper.memoized()) {
      if (!hasCodecAlready(memoized.result())) {
        codecs.computeIfAbsent(
            memoized.result().type(),
            type -> types.free(ShapeNames.of(memoized.result()), "", "Codec"));
      }
    }
    return codecs;
  }

  private static boolean hasCodecAlready(Shape shape) {
    return shape instanceof Leaf
        || shape instanceof EnumShape
        || shape instanceof StoredShape
        || shape instanceof JsonShape;
  }

  /** A parameter in upper case would hide a constant. */
  private static List<String> parametersNamedLikeConstants(Wrapper wrapper) {
    List<String> names = new ArrayList<>();
    for (Signature constructor : wrapper.constructors()) {
      constructor.parameters().forEach(parameter -> names.add(parameter.name()));
    }
    names.removeIf(name -> !name.equals(Names.constant(name)));
    return names;
  }
}
