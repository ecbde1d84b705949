package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codec;
import io.diskmemo.codec.CorruptValueException;
import io.diskmemo.codec.ValueReader;
import io.diskmemo.codec.ValueWriter;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Generated;

/**
 * {@link Census} with its results kept by DiskMemo.
 *
 * <p>{@code parse(String, Path)}
 *
 * <ul>
 *   <li>key: {@code library}, the content of {@code source}
 *   <li>kind {@code default}, version 1, kept as long as the profile of the kind says
 *   <li>tags: {@code library:{library}}, {@code sources}
 *   <li>value: {@code Census.Metrics}, mutable, a copy for each caller
 * </ul>
 *
 * <p>{@code select(Map<String, List<Census.Type>>, Set<Census.Kind>, Census.Method[], Thread)}
 *
 * <ul>
 *   <li>key: {@code byName}, {@code kinds}, {@code methods}
 *   <li>kind {@code default}, version 1, kept for ever
 *   <li>tags: none
 *   <li>value: {@code List<Census.Type>}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
final class MemoizedCensus extends Census {
  private static final MethodSpec<Census.Metrics> PARSE =
      MethodSpec.<Census.Metrics>method("example.Census", "parse", "java.lang.String",
          "java.nio.file.Path")
          .returns("example.Census.Metrics")
          .kind("default")
          .fingerprint("ef97c82fd4a7b6b859b203250b3cf28b")
          .copiedResult(new MetricsCodec())
          .build();

  private static final MethodSpec<List<Census.Type>> SELECT =
      MethodSpec.<List<Census.Type>>method("example.Census", "select",
          "java.util.Map<java.lang.String, java.util.List<example.Census.Type>>",
          "java.util.Set<example.Census.Kind>", "example.Census.Method[]", "java.lang.Thread")
          .returns("java.util.List<example.Census.Type>")
          .kind("default")
          .neverExpires()
          .fingerprint("d5b392a820684c13c6c1885bd1e2d40a")
          .ignoresObjects()
          .sharedResult(new TypeListCodec())
          .build();

  private final MemoizedMethod<Census.Metrics> parse;

  private final MemoizedMethod<List<Census.Type>> select;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  MemoizedCensus() {
    this(DiskMemo.shared());
  }

  /**
   * Keeps results in {@code memo}.
   */
  MemoizedCensus(DiskMemo memo) {
    this.parse = memo.memoize(PARSE);
    this.select = memo.memoize(SELECT);
  }

  @Override
  Census.Metrics parse(String library, Path source) throws IOException {
    if (parse == null) { // called by the constructor of Census
      return super.parse(library, source);
    }
    ParseArguments arguments = new ParseArguments(library, source);
    return parse.call(arguments, () -> super.parse(library, source));
  }

  /**
   * The result of {@code parse}, if there is one; computes nothing.
   */
  Optional<Hit<Census.Metrics>> peekParse(String library, Path source) {
    return parse.peek(new ParseArguments(library, source));
  }

  /**
   * Computes {@code parse}, and keeps the result in place of what is there.
   */
  Census.Metrics refreshParse(String library, Path source) throws IOException {
    return parse.refresh(new ParseArguments(library, source), () -> super.parse(library, source));
  }

  /**
   * Evicts the result of {@code parse}; whether there was one.
   */
  boolean evictParse(String library, Path source) {
    return parse.evict(new ParseArguments(library, source));
  }

  @Override
  List<Census.Type> select(Map<String, List<Census.Type>> byName, Set<Census.Kind> kinds,
      Census.Method[] methods, Thread thread) {
    if (select == null) { // called by the constructor of Census
      return super.select(byName, kinds, methods, thread);
    }
    SelectArguments arguments = new SelectArguments(byName, kinds, methods);
    return select.call(arguments, () -> super.select(byName, kinds, methods, thread));
  }

  /**
   * The result of {@code select}, if there is one; computes nothing.
   */
  Optional<Hit<List<Census.Type>>> peekSelect(Map<String, List<Census.Type>> byName,
      Set<Census.Kind> kinds, Census.Method[] methods, Thread thread) {
    return select.peek(new SelectArguments(byName, kinds, methods));
  }

  /**
   * Computes {@code select}, and keeps the result in place of what is there.
   */
  List<Census.Type> refreshSelect(Map<String, List<Census.Type>> byName, Set<Census.Kind> kinds,
      Census.Method[] methods, Thread thread) {
    return select.refresh(new SelectArguments(byName, kinds, methods),
        () -> super.select(byName, kinds, methods, thread));
  }

  /**
   * Evicts the result of {@code select}; whether there was one.
   */
  boolean evictSelect(Map<String, List<Census.Type>> byName, Set<Census.Kind> kinds,
      Census.Method[] methods, Thread thread) {
    return select.evict(new SelectArguments(byName, kinds, methods));
  }

  private static void writeStringToTypeListMap(KeyWriter key,
      Map<String, List<Census.Type>> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginMap(value.size());
    for (Map.Entry<String, List<Census.Type>> entry : value.entrySet()) {
      key.beginElement();
      key.writeString(entry.getKey());
      writeTypeList(key, entry.getValue());
    }
    key.endMap();
  }

  private static void writeTypeList(KeyWriter key, List<Census.Type> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginList(value.size());
    for (Census.Type element : value) {
      writeType(key, element);
    }
  }

  private static void writeType(KeyWriter key, Census.Type value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Census$Type", 3);
    key.writeString(value.name());
    key.writeEnum(value.kind());
    writeMethodList(key, value.methods());
  }

  private static void writeMethodList(KeyWriter key, List<Census.Method> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginList(value.size());
    for (Census.Method element : value) {
      writeMethod(key, element);
    }
  }

  private static void writeMethod(KeyWriter key, Census.Method value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginRecord("example.Census$Method", 2);
    key.writeString(value.name());
    key.writeInt(value.complexity());
  }

  private static void writeKindSet(KeyWriter key, Set<Census.Kind> value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginSet(value.size());
    for (Census.Kind element : value) {
      key.beginElement();
      key.writeEnum(element);
    }
    key.endSet();
  }

  private static void writeMethodArray(KeyWriter key, Census.Method[] value) {
    if (key.writeNull(value)) {
      return;
    }
    key.beginArray(value.length);
    for (Census.Method element : value) {
      writeMethod(key, element);
    }
  }

  private static void writeTypeList(ValueWriter out, List<Census.Type> value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeSize(value.size());
    for (Census.Type element : value) {
      writeType(out, element);
    }
  }

  private static List<Census.Type> readTypeList(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    int size = in.readSize();
    List<Census.Type> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(readType(in));
    }
    return Collections.unmodifiableList(elements);
  }

  private static void writeType(ValueWriter out, Census.Type value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeString(value.name());
    out.writeEnum(value.kind());
    writeMethodList(out, value.methods());
  }

  private static Census.Type readType(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    return new Census.Type(in.readString(), in.readEnum(Census.Kind.class), readMethodList(in));
  }

  private static void writeMethodList(ValueWriter out, List<Census.Method> value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeSize(value.size());
    for (Census.Method element : value) {
      writeMethod(out, element);
    }
  }

  private static List<Census.Method> readMethodList(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    int size = in.readSize();
    List<Census.Method> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(readMethod(in));
    }
    return Collections.unmodifiableList(elements);
  }

  private static void writeMethod(ValueWriter out, Census.Method value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeString(value.name());
    out.writeInt(value.complexity());
  }

  private static Census.Method readMethod(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    return new Census.Method(in.readString(), in.readInt());
  }

  private static void writeStringToIntegerSetMap(ValueWriter out, Map<String, Set<Integer>> value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeSize(value.size());
    for (Map.Entry<String, Set<Integer>> entry : value.entrySet()) {
      out.writeString(entry.getKey());
      writeIntegerSet(out, entry.getValue());
    }
  }

  private static Map<String, Set<Integer>> readStringToIntegerSetMap(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    int size = in.readSize();
    Map<String, Set<Integer>> entries = new LinkedHashMap<>(size);
    for (int i = 0; i < size; i++) {
      entries.put(in.readString(), readIntegerSet(in));
    }
    if (entries.size() != size) {
      throw new CorruptValueException("equal keys in a map of size " + size);
    }
    return Collections.unmodifiableMap(entries);
  }

  private static void writeIntegerSet(ValueWriter out, Set<Integer> value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeSize(value.size());
    for (Integer element : value) {
      out.writeNullableInt(element);
    }
  }

  private static Set<Integer> readIntegerSet(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    int size = in.readSize();
    Set<Integer> elements = new LinkedHashSet<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(in.readNullableInt());
    }
    if (elements.size() != size) {
      throw new CorruptValueException("equal elements in a set of size " + size);
    }
    return Collections.unmodifiableSet(elements);
  }

  private static void writeOptionalMethod(ValueWriter out, Optional<Census.Method> value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      writeMethod(out, value.get());
    }
  }

  private static Optional<Census.Method> readOptionalMethod(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    return in.readBoolean() ? Optional.of(readMethod(in)) : Optional.empty();
  }

  private static void writeIntArrayArray(ValueWriter out, int[][] value) {
    if (out.writeNull(value)) {
      return;
    }
    out.writeSize(value.length);
    for (int[] element : value) {
      out.writeIntArray(element);
    }
  }

  private static int[][] readIntArrayArray(ValueReader in) {
    if (in.readNull()) {
      return null;
    }
    int[][] elements = new int[in.readSize()][];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = in.readIntArray();
    }
    return elements;
  }

  private record ParseArguments(String library, Path source) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) throws IOException {
      key.writeString(library);
      key.writeContent(source);
    }

    @Override
    public List<String> tags() {
      return List.of("library:" + library, "sources");
    }
  }

  private record SelectArguments(Map<String, List<Census.Type>> byName, Set<Census.Kind> kinds,
      Census.Method[] methods) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      writeStringToTypeListMap(key, byName);
      writeKindSet(key, kinds);
      writeMethodArray(key, methods);
    }
  }

  private static final class MetricsCodec implements Codec<Census.Metrics> {
    @Override
    public void write(ValueWriter out, Census.Metrics value) {
      if (out.writeNull(value)) {
        return;
      }
      writeTypeList(out, value.types());
      writeStringToIntegerSetMap(out, value.imports());
      writeOptionalMethod(out, value.longest());
      out.writeDuration(value.parsing());
      writeIntArrayArray(out, value.histogram());
    }

    @Override
    public Census.Metrics read(ValueReader in) {
      if (in.readNull()) {
        return null;
      }
      return new Census.Metrics(readTypeList(in), readStringToIntegerSetMap(in),
          readOptionalMethod(in), in.readDuration(), readIntArrayArray(in));
    }
  }

  private static final class TypeListCodec implements Codec<List<Census.Type>> {
    @Override
    public void write(ValueWriter out, List<Census.Type> value) {
      writeTypeList(out, value);
    }

    @Override
    public List<Census.Type> read(ValueReader in) {
      return readTypeList(in);
    }
  }
}
