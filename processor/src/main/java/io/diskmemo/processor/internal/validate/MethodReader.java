package io.diskmemo.processor.internal.validate;

import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.Expiry;
import io.diskmemo.processor.internal.model.Gate;
import io.diskmemo.processor.internal.model.Gated;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Shape;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.Tag;
import io.diskmemo.processor.internal.model.Wrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Reads the annotated methods of one class or interface. */
final class MethodReader {
  private final Tools tools;
  private final Problems problems;
  private final Signatures signatures;
  private final Companions companions;
  private final Wrapper.Form form;
  private final Accessors accessors;
  private final ShapeReader parameterShapes;
  private final IgnoredParameters ignored;
  private final Results results;
  private final KindSlips kindSlips;
  private final GateReader gates;

  MethodReader(
      Tools tools,
      Problems problems,
      Surroundings surroundings,
      Signatures signatures,
      Companions companions,
      KindSlips kindSlips,
      GateAgreement agreement,
      Wrapper.Form form) {
    this.tools = tools;
    this.problems = problems;
    this.signatures = signatures;
    this.companions = companions;
    this.kindSlips = kindSlips;
    this.form = form;
    this.gates = new GateReader(tools, problems, signatures, agreement);
    this.accessors = new Accessors(tools, surroundings);
    this.ignored = new IgnoredParameters(tools, signatures);
    this.parameterShapes = new ShapeReader(tools, surroundings, Use.PARAMETER);
    this.results = new Results(tools, surroundings);
  }

  /** Reads a method; empty if it has mistakes, which are reported. */
  Optional<Memoized> read(ExecutableElement method, List<ReceiverPart> receiver) {
    int before = problems.count();
    Optional<Signature> signature = problems.at(method, () -> signature(method));
    if (signature.isEmpty()) {
      return Optional.empty();
    }
    Optional<Shape> result = problems.at(method, () -> result(method));
    ComponentNames names = ComponentNames.of(method, receiver);
    List<KeyComponent> key = key(method, receiver, names);
    Settings settings = new Settings(tools, problems, method);
    Optional<String> kind = settings.kind(kindSlips);
    Optional<Expiry> expiry = settings.expiry();
    List<Tag> tags = settings.tags(new TagReader(tools, accessors, signatures, method, names));
    Optional<Gate> gate = gates.read(method);
    if (problems.count() > before) {
      return Optional.empty();
    }
    return Optional.of(new Memoized(
        signature.orElseThrow(),
        result.orElseThrow(),
        results.isLater(signatures.typeOf(method).getReturnType()),
        key,
        ignored.variables(method),
        ignored.areObjects(method),
        tags,
        kind.orElseThrow(),
        settings.version(),
        expiry.orElseThrow(),
        gate));
  }

  /** Reads a method that is not memoized; empty if it has mistakes, which are reported. */
  Optional<Gated> readGated(ExecutableElement method) {
    return problems
        .at(method, () -> gatedSignature(method))
        .flatMap(signature -> gates.read(method).map(gate -> new Gated(signature, gate)));
  }

  private Signature gatedSignature(ExecutableElement method) {
    MethodRules.checkModifiers(method, form);
    return signatures.read(method);
  }

  private Signature signature(ExecutableElement method) {
    MethodRules.check(method, form);
    Signature signature = signatures.read(method);
    companions.check(method);
    requireKnownResult(signatures.typeOf(method).getReturnType());
    return signature;
  }

  /** One message for a variable that is in parameters too. */
  private static void requireKnownResult(TypeMirror result) {
    Mentions.variablesIn(result).stream().findFirst().ifPresent(variable -> {
      throw Use.RESULT.variable("", variable);
    });
  }

  private Shape result(ExecutableElement method) {
    return results.read(method, signatures.typeOf(method).getReturnType());
  }

  private List<KeyComponent> key(
      ExecutableElement method, List<ReceiverPart> receiver, ComponentNames names) {
    List<KeyComponent> key = new ArrayList<>();
    for (ReceiverPart part : receiver(method, receiver)) {
      key.add(new KeyComponent(names.of(part), part.shape(), false, part.source()));
    }
    List<? extends TypeMirror> types = signatures.typeOf(method).getParameterTypes();
    for (int i = 0; i < types.size(); i++) {
      VariableElement parameter = method.getParameters().get(i);
      TypeMirror type = types.get(i);
      problems
          .at(parameter, () -> component(parameter, type, names))
          .ifPresent(component -> component.ifPresent(key::add));
    }
    return List.copyOf(key);
  }

  /** A static method has no receiver. */
  private static List<ReceiverPart> receiver(ExecutableElement method, List<ReceiverPart> parts) {
    return method.getModifiers().contains(Modifier.STATIC) ? List.of() : parts;
  }

  private Optional<KeyComponent> component(
      VariableElement parameter, TypeMirror type, ComponentNames names) {
    String name = parameter.getSimpleName().toString();
    boolean byContent = Annotations.has(parameter, Annotations.FILE_CONTENT);
    boolean isIgnored = Annotations.has(parameter, Annotations.KEY_IGNORE);
    if (byContent && isIgnored) {
      throw new Mistake(
          MistakeId.FILE_CONTENT,
          "parameter %s is both @FileContent and @KeyIgnore; take one of them from it",
          name);
    }
    if (isIgnored) {
      requireNoEncoder(parameter, "@KeyIgnore");
      return Optional.empty();
    }
    if (byContent) {
      requireNoEncoder(parameter, "@FileContent");
    }
    Shape shape = byContent ? file(type, name) : parameterShapes.read(parameter, type, name);
    return Optional.of(
        new KeyComponent(names.of(parameter), shape, byContent, new KeyComponent.Argument(name)));
  }

  private static void requireNoEncoder(VariableElement parameter, String other) {
    if (Annotations.has(parameter, Annotations.KEYED_BY)) {
      throw new Mistake(
          MistakeId.BAD_ENCODER,
          "parameter %s is both %s and @KeyedBy; take one of them from it",
          parameter.getSimpleName(),
          other);
    }
  }

  private Shape file(TypeMirror type, String name) {
    Optional<Leaf> leaf = Leaf.of(TypeName.get(type));
    return leaf.filter(l -> l == Leaf.PATH || l == Leaf.FILE)
        .orElseThrow(() -> new Mistake(
            MistakeId.FILE_CONTENT,
            "parameter %s is @FileContent but has type %s, which names no file; make it a"
                + " Path or a File, or take @FileContent from it",
            name,
            TypeName.get(type)));
  }
}
