package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.diskmemo.processor.internal.model.EnumShape;
import io.diskmemo.processor.internal.model.Gated;
import io.diskmemo.processor.internal.model.JsonShape;
import io.diskmemo.processor.internal.model.KeyComponent;
import io.diskmemo.processor.internal.model.Leaf;
import io.diskmemo.processor.internal.model.Memoized;
import io.diskmemo.processor.internal.model.Parameter;
import io.diskmemo.processor.internal.model.Shape;
import io.diskmemo.processor.internal.model.Signature;
import io.diskmemo.processor.internal.model.StoredShape;
import io.diskmemo.processor.internal.model.Wrapper;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;

/** Writes the source of one wrapper; equal models give equal bytes. */
public final class WrapperWriter {
  private static final ClassName GENERATED =
      ClassName.get("javax.annotation.processing", "Generated");
  private static final Pattern LONG_HEADER =
      Pattern.compile("(?m)^(?=.{101})(.*final class .*>) ((?:extends|implements) .*\\{)$");
  private static final char LAST_PRINTABLE = '~';
  private static final String PROCESSOR = "io.diskmemo.processor.DiskMemoProcessor";

  private final Wrapper wrapper;
  private final Members members;
  private final Instances instances;
  private final KeyMethods keyMethods;
  private final CodecMethods codecMethods;

  private WrapperWriter(Wrapper wrapper) {
    this.wrapper = wrapper;
    this.members = Members.of(wrapper);
    this.instances = new Instances(members.constants());
    Set<String> inherited = MemberNames.of(wrapper.type());
    this.keyMethods = new KeyMethods(Names.without(hiding(wrapper, inherited)), instances);
    this.codecMethods = new CodecMethods(instances, comparedResults(wrapper), inherited);
  }

  /**
   * Writes a wrapper.
   *
   * @param wrapper to write
   * @param filer that takes its source
   * @throws IOException if the file cannot be written
   */
  public static void write(Wrapper wrapper, Filer filer) throws IOException {
    JavaFileObject file = filer.createSourceFile(wrapper.name().canonicalName(), wrapper.type());
    try (Writer out = file.openWriter()) {
      out.write(source(wrapper));
    }
  }

  /**
   * JavaPoet leaves a space before a line break after an equals sign, and breaks no class header.
   */
  private static String source(Wrapper wrapper) {
    String source = JavaFile.builder(
            wrapper.name().packageName(), new WrapperWriter(wrapper).type())
        .skipJavaLangImports(true)
        .indent("  ")
        .build()
        .toString()
        .replace(" \n", "\n");
    return inAscii(LONG_HEADER.matcher(source).replaceFirst("$1\n    $2"));
  }

  /**
   * The compiler writes what its encoding lacks as a question mark, in tags too. A backslash stands
   * before no such character, but for pairs of them.
   */
  private static String inAscii(String source) {
    StringBuilder ascii = new StringBuilder(source.length());
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c <= LAST_PRINTABLE) {
        ascii.append(c);
      } else {
        ascii.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return ascii.toString();
  }

  private static List<Shape> comparedResults(Wrapper wrapper) {
    return wrapper.memoized().stream()
        .filter(Memoized::comparesResult)
        .map(Memoized::result)
        .toList();
  }

  /** The accessor of a component would hide a method of the same name, and that an inherited one. */
  private static Set<String> hiding(Wrapper wrapper, Set<String> inherited) {
    Set<String> names = new HashSet<>(inherited);
    names.add("writeKey"); // of Arguments
    for (Memoized method : wrapper.memoized()) {
      method.key().stream().map(KeyComponent::name).forEach(names::add);
    }
    return names;
  }

  private TypeSpec type() {
    TypeSpec.Builder type = TypeSpec.classBuilder(wrapper.name());
    type.alwaysQualify(wrapper.takenNames().toArray(new String[0]));
    addHeader(type);
    addMethods(type);
    addNestedTypes(type);
    List<FieldSpec> specs = specs();
    type.addFields(instances.constants()); // before their use in specifications
    type.addFields(specs);
    addFields(type);
    return type.build();
  }

  private void addHeader(TypeSpec.Builder type) {
    type.addJavadoc(ClassComment.of(wrapper));
    if (wrapper.isMarkedGenerated()) {
      type.addAnnotation(
          AnnotationSpec.builder(GENERATED).addMember("value", "$S", PROCESSOR).build());
    }
    type.addAnnotations(wrapper.annotations());
    type.addAnnotations(Injection.ofClass(wrapper));
    if (!wrapper.suppressions().isEmpty()) {
      type.addAnnotation(suppression());
    }
    if (wrapper.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    type.addModifiers(Modifier.FINAL);
    type.addTypeVariables(wrapper.typeVariables());
    if (wrapper.form() == Wrapper.Form.SUBCLASS) {
      type.superclass(wrapper.type().asType());
    }
    if (wrapper.form() == Wrapper.Form.DELEGATING) {
      type.addSuperinterface(wrapper.type().asType());
    }
    if (wrapper.isKeyedByDelegate()) {
      type.addSuperinterface(RuntimeTypes.DELEGATING_WRAPPER);
    }
  }

  private AnnotationSpec suppression() {
    List<CodeBlock> categories = wrapper.suppressions().stream()
        .map(category -> CodeBlock.of("$S", category))
        .toList();
    CodeBlock value = CodeBlock.join(categories, ", ");
    return AnnotationSpec.builder(SuppressWarnings.class)
        .addMember("value", categories.size() == 1 ? "$L" : "{$L}", value)
        .build();
  }

  private List<FieldSpec> specs() {
    List<FieldSpec> specs = new ArrayList<>();
    for (int i = 0; i < wrapper.memoized().size(); i++) {
      Memoized method = wrapper.memoized().get(i);
      specs.add(SpecWriter.constant(
          members.methods().get(i).constant(),
          wrapper.binaryName(),
          method,
          codec(method.result())));
    }
    members
        .gates()
        .forEach((gate, names) -> specs.add(GateSpecWriter.constant(names.constant(), gate)));
    return specs;
  }

  private void addFields(TypeSpec.Builder type) {
    if (wrapper.hasDelegate()) {
      type.addField(TypeName.get(wrapper.type().asType()), members.delegate(), privateFinal());
    }
    if (wrapper.isKeyedByDelegate()) {
      type.addField(RuntimeTypes.DELEGATE_IDENTITY, members.identity(), privateFinal());
    }
    for (Parameter parameter : wrapper.captured()) {
      type.addField(parameter.type(), members.captured().get(parameter.name()), privateFinal());
    }
    for (int i = 0; i < wrapper.memoized().size(); i++) {
      type.addField(
          ParameterizedTypeName.get(
              RuntimeTypes.MEMOIZED_METHOD, wrapper.memoized().get(i).resultType()),
          members.methods().get(i).field(),
          privateFinal());
    }
    for (Members.OfGate gate : members.gates().values()) {
      type.addField(RuntimeTypes.GATE, gate.field(), privateFinal());
    }
  }

  private CodeBlock codec(Shape result) {
    if (result instanceof StoredShape stored) {
      return CodeBlock.of("new $T()", stored.codec());
    }
    if (result instanceof Leaf) {
      return CodeBlock.of("$T.of($T.class)", RuntimeTypes.CODECS, result.type());
    }
    if (result instanceof EnumShape) {
      return CodeBlock.of("$T.ofEnum($T.class)", RuntimeTypes.CODECS, result.type());
    }
    return result instanceof JsonShape json
        ? CodeBlock.of("$N", instances.json(json))
        : CodeBlock.of("new $N()", members.codecs().get(result.type()));
  }

  private static Modifier[] privateFinal() {
    return new Modifier[] {Modifier.PRIVATE, Modifier.FINAL};
  }

  private void addMethods(TypeSpec.Builder type) {
    type.addMethods(new ConstructorWriter(wrapper, members).constructors());
    MethodWriter methods = new MethodWriter(wrapper, members);
    for (int i = 0; i < wrapper.memoized().size(); i++) {
      type.addMethod(
          methods.memoized(wrapper.memoized().get(i), members.methods().get(i)));
      type.addMethods(
          methods.companions(wrapper.memoized().get(i), members.methods().get(i)));
    }
    for (Gated gated : wrapper.gated()) {
      type.addMethod(methods.gated(gated));
    }
    for (Signature signature : wrapper.passedOn()) {
      type.addMethod(methods.passedOn(signature));
    }
    if (wrapper.isKeyedByDelegate()) {
      type.addMethod(methods.writeDelegate(keyMethods));
    }
  }

  private void addNestedTypes(TypeSpec.Builder type) {
    ArgumentsWriter arguments = new ArgumentsWriter(keyMethods);
    for (int i = 0; i < wrapper.memoized().size(); i++) {
      type.addType(arguments.record(
          members.methods().get(i).arguments(), wrapper.memoized().get(i)));
    }
    type.addMethods(keyMethods.methods());
    addCodecs(type);
    type.addMethods(codecMethods.methods());
  }

  private void addCodecs(TypeSpec.Builder type) {
    List<Shape> results = wrapper.memoized().stream().map(Memoized::result).toList();
    CodecWriter codecs = new CodecWriter(codecMethods, results);
    Set<String> written = new HashSet<>();
    for (Shape result : results) {
      String codec = members.codecs().get(result.type());
      if (codec != null && written.add(codec)) {
        type.addType(codecs.codec(codec, result));
      }
    }
  }
}
