package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.MethodSpec;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The codec of the example in docs/value-format.md writes the bytes that it says. */
class ValueFormatTest {
  private static final Path DOCUMENT = Path.of("../docs/value-format.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```java\n(.*?)```\n\n```hex\n(.*?)```");

  @Test
  @SuppressWarnings("unchecked") // the codec is given the result of its method
  void codecOfTheExampleWritesTheBytesThatTheDocumentSays() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
    assertThat(example.find()).isTrue();
    Program program = Compiled.of(example.group(1)).load();
    Class<?> shapes = program.loadClass("example.Shapes");
    Object result = shapes.getMethod("shapes").invoke(shapes.getConstructor().newInstance());
    Field spec = program.loadClass("example.MemoizedShapes").getDeclaredField("SHAPES");
    spec.setAccessible(true);
    ValueWriter out = new ValueWriter();
    ((MethodSpec<Object>) spec.get(null)).codec().write(out, result);

    assertThat(HexFormat.of().formatHex(out.toBytes()))
        .isEqualTo(example
            .group(2)
            .lines()
            .map(line -> line.split(" {2,}", 2)[0].replace(" ", ""))
            .reduce("", String::concat));
  }
}
