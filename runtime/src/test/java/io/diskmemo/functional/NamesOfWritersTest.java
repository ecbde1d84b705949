package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.key.KeyWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Overloads of one name made javac slow, which tries each of them for each call in a wrapper. */
class NamesOfWritersTest {
  private static final Set<String> WITHOUT_TYPE = Set.of("readNull", "readSize");
  private static final Set<String> WITHOUT_READER =
      Set.of("writeNull", "writeSize", "writeContent", "writeEncodable", "writeEncoded");
  private static final Set<String> WITH_TWO = Set.of("writeNull", "writeContent");

  @ParameterizedTest
  @ValueSource(classes = {KeyWriter.class, ValueWriter.class})
  void whatIsReadIsWrittenByTheMethodOfThatName(Class<?> writer) {
    Map<String, Class<?>> expected = new TreeMap<>();
    methods(ValueReader.class, "read")
        .filter(method -> !WITHOUT_TYPE.contains(method.getName()))
        .forEach(method ->
            expected.put(method.getName().replaceFirst("read", "write"), method.getReturnType()));

    Map<String, Class<?>> written = new TreeMap<>();
    methods(writer, "write")
        .filter(method -> !WITHOUT_READER.contains(method.getName()))
        .forEach(method -> written.put(method.getName(), method.getParameterTypes()[0]));

    assertThat(expected).hasSizeGreaterThan(40);
    assertThat(written).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(classes = {KeyWriter.class, ValueWriter.class})
  void noNameIsThatOfManyMethods(Class<?> writer) {
    Map<String, Long> shared =
        methods(writer, "").collect(Collectors.groupingBy(Method::getName, Collectors.counting()));
    shared.values().removeIf(count -> count == 1);

    assertThat(WITH_TWO).containsAll(shared.keySet());
    assertThat(List.of(1L, 2L)).containsAll(shared.values());
  }

  private static Stream<Method> methods(Class<?> type, String prefix) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getName().startsWith(prefix));
  }
}
