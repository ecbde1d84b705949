package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.diskmemo.processor.internal.model.EncodedShape;
import io.diskmemo.processor.internal.model.JsonShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The constants of a wrapper that hold encoders, and codecs that are not its own. */
final class Instances {
  private final Names names;
  private final Map<TypeName, FieldSpec> byClass = new LinkedHashMap<>();

  Instances(Names names) {
    this.names = names;
  }

  List<FieldSpec> constants() {
    return List.copyOf(byClass.values());
  }

  String encoder(EncodedShape shape) {
    return name(shape.encoder(), shape.encoder(), CodeBlock.of("new $T()", shape.encoder()), "");
  }

  String json(JsonShape shape) {
    TypeName codec = ParameterizedTypeName.get(RuntimeTypes.JSON_CODEC, shape.type());
    return name(
        codec,
        (ClassName) shape.type(),
        CodeBlock.of("$T.of($T.class)", RuntimeTypes.JSON_CODEC, shape.type()),
        "_JSON");
  }

  private String name(TypeName type, ClassName named, CodeBlock value, String suffix) {
    FieldSpec known = byClass.get(type);
    if (known == null) {
      String name = names.free(Names.constant(named.simpleName()) + suffix, "_", "");
      known = FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
          .initializer(value)
          .build();
      byClass.put(type, known);
    }
    return known.name();
  }
}
