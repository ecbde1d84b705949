package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.codec.CorruptValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sealed interfaces, types inside themselves, and arrays of generic types. */
class DeepTypesTest {
  private static final String EXPRESSIONS = """
      sealed interface Expr permits Num, Neg, Binary, Op {}
      record Num(int value) implements Expr {}
      record Neg(Expr value) implements Expr {}
      sealed interface Binary extends Expr permits Add, Mul {}
      record Add(Expr left, Expr right) implements Binary {}
      record Mul(Expr left, Expr right, List<Expr> more) implements Binary {}
      enum Op implements Expr { NOP, HALT }
      """;

  @Test
  void sealedResultsAreReadAsTheyWereWritten() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static final Expr DEEP = new Mul(
                  new Add(new Num(1), new Neg(null)), Op.HALT, List.of(new Num(2), Op.NOP));
              @DiskMemoize Expr deep() { return DEEP; }
              @DiskMemoize Binary binary() { return new Add(DEEP, null); }
              @DiskMemoize List<Expr> list() { return Arrays.asList(DEEP, null, Op.NOP); }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return main.deep().equals(DEEP)
                    && main.deep().equals(DEEP)
                    && main.binary().equals(new Add(DEEP, null))
                    && main.list().equals(Arrays.asList(DEEP, null, Op.NOP))
                    && Count.computed(memo) == 3;
              }
            }
            """ + EXPRESSIONS);

    assertThat(result).isEqualTo(true);
  }

  @Test
  void sealedArgumentsAreToldApartByTheirClass() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize int size(Expr e) { return 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                for (int i = 0; i < 2; i++) {
                  main.size(null);
                  main.size(Op.NOP);
                  main.size(Op.HALT);
                  main.size(new Num(1));
                  main.size(new Num(2));
                  main.size(new Neg(new Num(1)));
                  main.size(new Add(new Num(1), new Num(2)));
                  main.size(new Mul(new Num(1), new Num(2), null));
                }
                return Count.computed(memo);
              }
            }
            """ + EXPRESSIONS);

    assertThat(result).isEqualTo(8L);
  }

  @Test
  void flatSealedArgumentsAreLookedUpAsValues() {
    String wrapper = OnDisk.compile("""
            class Main {
              @DiskMemoize int size(Shape shape) { return 1; }
            }
            sealed interface Shape permits Circle, Case {}
            record Circle(int radius) implements Shape {}
            record Case(String text) implements Shape {}
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper).contains(".argumentsAreValues()").contains("""
            if (value instanceof Circle circle) {
              writeCircle(key, circle);
            } else {
              writeCase(key, (Case) value);
            }
        """);
  }

  @Test
  void treesAreReadAsTheyWereWrittenAndAreInKeys() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Tree(String name, List<Tree> children) {}
              record Chain(int number, Chain next) {}
              record A(B b, int n) {}
              record B(Optional<A> a, Map<String, B> more) {}
              @DiskMemoize Tree grow(Tree tree) { return new Tree("root", List.of(tree, tree)); }
              @DiskMemoize Chain longer(Chain chain) { return new Chain(1, chain); }
              @DiskMemoize A a(B b) { return new A(b, 1); }
              @DiskMemoize B b(A a) { return new B(Optional.of(a), Map.of()); }
              @DiskMemoize List<Tree> forest(List<Tree> trees) { return trees; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                Tree leaf = new Tree("leaf", null);
                Tree grown = main.grow(leaf);
                Chain chain = main.longer(main.longer(new Chain(0, null)));
                A a = main.a(new B(Optional.empty(), Map.of("x", new B(null, null))));
                B b = main.b(a);
                return grown.equals(new Tree("root", List.of(leaf, leaf)))
                    && chain.equals(new Chain(1, new Chain(1, new Chain(0, null))))
                    && b.a().get().equals(a)
                    && main.forest(List.of(grown)).equals(List.of(grown))
                    && main.forest(List.of(leaf)).equals(List.of(leaf))
                    && Count.computed(memo) == 7;
              }
            }
            """);

    assertThat(result).isEqualTo(true);
  }

  @Test
  void valuesNestedWithoutEndAreComputedAndNotStored() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Chain(int number, Chain next) {}
              @DiskMemoize int first(Chain chain) { return chain.number(); }
              @DiskMemoize Chain chain(int length) { return of(length); }
              static Chain of(int length) {
                Chain chain = null;
                for (int i = 0; i < length; i++) {
                  chain = new Chain(i, chain);
                }
                return chain;
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                return List.of(main.first(of(100_000)), main.chain(100_000).number());
              }
            }
            """);

    assertThat(result).isEqualTo(List.of(99_999, 99_999));
  }

  private static final String SUMS = """
      sealed interface Expr permits Sum, Product, Num {}
      record Sum(List<Expr> terms) implements Expr {}
      record Product(List<Expr> factors) implements Expr {
        static Expr nested(int depth) {
          Expr expr = new Num(1);
          for (int i = 0; i < depth; i++) {
            expr = new Product(List.of(expr));
          }
          return expr;
        }
      }
      record Num(int value) implements Expr {}
      """;

  @Test
  void typesThatShareACollectionHaveALimitEach() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              @DiskMemoize int size(Expr expr) { return 1; }
              @DiskMemoize Expr nested(int depth) { return Product.nested(depth); }
              static Object run(DiskMemo memo) {
                MemoizedMain main = new MemoizedMain(memo);
                main.size(Product.nested(1_000));
                main.nested(1_000);
                main.size(Product.nested(1_001));
                main.nested(1_001);
                return List.of(
                    main.peekSize(Product.nested(1_000)).isPresent(),
                    main.peekNested(1_000).isPresent(),
                    main.peekSize(Product.nested(1_001)).isPresent(),
                    main.peekNested(1_001).isPresent());
              }
            }
            """ + SUMS);

    assertThat(result).isEqualTo(List.of(true, true, false, false));
  }

  /** Each cycle goes through the one that is counted. */
  @Test
  void typesOfOneCycleAreCountedOnce() throws Throwable {
    Object result = OnDisk.run("""
        class Main {
          @DiskMemoize int size(A a) { return 1; }
          static Object run(DiskMemo memo) {
            MemoizedMain main = new MemoizedMain(memo);
            main.size(A.nested(1_000));
            main.size(A.nested(1_001));
            return List.of(
                main.peekSize(A.nested(1_000)).isPresent(),
                main.peekSize(A.nested(1_001)).isPresent());
          }
        }
        record A(List<A> all, B b) {
          static A nested(int depth) {
            A inner = new A(List.of(), null);
            for (int i = 1; i < depth; i++) {
              inner = new A(List.of(), new B(List.of(inner)));
            }
            return inner;
          }
        }
        record B(List<A> all) {}
        """);

    assertThat(result).isEqualTo(List.of(true, false));
  }

  @Test
  void bytesThatNestWithoutEndAreDamage() {
    assertThatThrownBy(() -> OnDisk.run("""
                    class Main {
                      @DiskMemoize Expr expr() { return null; }
                      static Object run(DiskMemo memo) throws Exception {
                        Class<?> type = Class.forName("test.MemoizedMain$ExprCodec");
                        var constructor = type.getDeclaredConstructor();
                        constructor.setAccessible(true);
                        @SuppressWarnings("unchecked") // it is of no other type
                        Codec<Expr> codec = (Codec<Expr>) constructor.newInstance();
                        String inner = hex(codec, Product.nested(0));
                        String outer = hex(codec, Product.nested(1)).replace(inner, "");
                        byte[] bytes = HexFormat.of().parseHex(outer.repeat(1_001) + inner);
                        return codec.read(new ValueReader(bytes));
                      }
                      static String hex(Codec<Expr> codec, Expr expr) {
                        return HexFormat.of().formatHex(ValueWriter.bytesOf(codec, expr));
                      }
                    }
                    """ + SUMS))
        .isInstanceOf(CorruptValueException.class)
        .hasMessageContaining("nested too deep");
  }

  @Test
  void recursionGoesOneLevelDeeperOncePerCycle() {
    String wrapper = OnDisk.compile("""
            class Main {
              record Tree(String name, List<Tree> children) {}
              @DiskMemoize List<Tree> grow(Tree tree) { return null; }
            }
            """).succeeds().generated("test.MemoizedMain");

    assertThat(wrapper).containsOnlyOnce("key.enter();").containsOnlyOnce("key.leave();");
    assertThat(wrapper).containsOnlyOnce("out.enter();").containsOnlyOnce("in.enter();");
  }

  @Test
  void genericSealedInterfacesKnowTheirSubtypes() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              sealed interface Result<T, E> permits Ok, Err, OnlyText, OnlyInt {}
              record Ok<V, X>(V value) implements Result<V, X> {}
              record Err<V, X>(X error, List<Result<V, X>> causes) implements Result<V, X> {}
              record OnlyText(int a) implements Result<String, Integer> {}
              record OnlyInt(int a) implements Result<Integer, Integer> {}
              @DiskMemoize Result<String, Integer> same(Result<String, Integer> result) {
                return result;
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                List<Result<String, Integer>> all = List.of(
                    new Ok<>("a"), new Ok<>(null), new OnlyText(1), new Err<>(4, List.of(new Ok<>("b"))));
                for (Result<String, Integer> result : all) {
                  if (!main.same(result).equals(result)) {
                    return result;
                  }
                }
                return Count.computed(memo);
              }
            }
            """);

    assertThat(result).isEqualTo(4L);
  }

  @Test
  void unknownSubtypesAreDamage() {
    assertThatThrownBy(() -> OnDisk.run("""
                    class Main {
                      sealed interface Shape permits Circle, Square {}
                      record Circle(byte radius) implements Shape {}
                      record Square(byte side) implements Shape {}
                      @DiskMemoize Shape shape() { return null; }
                      static Object run(DiskMemo memo) throws Exception {
                        Class<?> type = Class.forName("test.MemoizedMain$ShapeCodec");
                        var constructor = type.getDeclaredConstructor();
                        constructor.setAccessible(true);
                        Codec<?> codec = (Codec<?>) constructor.newInstance();
                        return codec.read(new ValueReader(new byte[] {1, 2, 1, 1}));
                      }
                    }
                    """))
        .isInstanceOf(CorruptValueException.class)
        .hasMessage("no Shape has number 2");
  }

  @Test
  void optionalsOfPrimitives() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record All(OptionalInt a, OptionalLong b, OptionalDouble c) {}
              @DiskMemoize All same(All all) { return all; }
              @DiskMemoize OptionalInt one(OptionalInt all) { return all; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                All some = new All(OptionalInt.of(1), OptionalLong.of(2), OptionalDouble.of(-0d));
                All none = new All(OptionalInt.empty(), OptionalLong.empty(), null);
                return main.same(some).equals(some)
                    && main.same(none).equals(none)
                    && main.one(OptionalInt.of(3)).getAsInt() == 3
                    && main.one(OptionalInt.empty()).isEmpty()
                    && Count.computed(memo) == 4;
              }
            }
            """);

    assertThat(result).isEqualTo(true);
  }

  @Test
  void arraysOfGenericTypes() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              record Box<T>(T value) {}
              enum Level { LOW, HIGH }
              @DiskMemoize List<String>[] lists() {
                @SuppressWarnings("unchecked") // generic arrays are made so
                List<String>[] lists = (List<String>[]) new List<?>[2];
                lists[0] = List.of("a");
                return lists;
              }
              @DiskMemoize Optional<Map<Level, Box<int[][]>>>[][] deep() {
                @SuppressWarnings("unchecked") // as above
                Optional<Map<Level, Box<int[][]>>>[][] deep =
                    (Optional<Map<Level, Box<int[][]>>>[][]) new Optional<?>[1][1];
                deep[0][0] = Optional.of(Map.of(Level.HIGH, new Box<>(new int[][] {{1}, {}})));
                return deep;
              }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                main.lists();
                main.deep();
                return List.of(
                    Arrays.asList(main.lists()).toString(),
                    main.deep()[0][0].get().get(Level.HIGH).value()[0][0],
                    Count.computed(memo));
              }
            }
            """);

    assertThat(result).isEqualTo(List.of("[[a], null]", 1, 2L));
  }

  @Test
  void orderOfSubtypesIsInTheFingerprint() {
    String source = """
        class Main {
          @DiskMemoize Shape shape() { return null; }
        }
        sealed interface Shape permits %s {}
        record Circle(int radius) implements Shape {}
        record Square(int side) implements Shape {}
        """;

    assertThat(fingerprint(source.formatted("Circle, Square")))
        .isEqualTo(fingerprint(source.formatted("Circle, Square")))
        .isNotEqualTo(fingerprint(source.formatted("Square, Circle")));
  }

  private static String fingerprint(String source) {
    return OnDisk.compile(source)
        .succeeds()
        .generated("test.MemoizedMain")
        .replaceAll("(?s).*\\.fingerprint\\(\"(\\w+)\"\\).*", "$1");
  }

  @Test
  void subtypeThatIsAClass() {
    assertThat(Mistakes.inSource("""
                class A { @DiskMemoize int a(Shape shape) { return 1; } }
                sealed interface Shape permits Circle {}
                final class Circle implements Shape {}
                """))
        .startsWith(
            "[DiskMemo-UnsupportedParameter] parameter shape has type test.Circle, which has"
                + " no canonical encoding for the key; ");
  }

  @Test
  void subtypeWithATypeOfItsOwn() {
    assertThat(Mistakes.inSource("""
                class A { @DiskMemoize int a(Shape shape) { return 1; } }
                sealed interface Shape permits Circle {}
                record Circle<T>(T t) implements Shape {}
                """))
        .isEqualTo("[DiskMemo-TypeVariable] Circle has the type variable T, of which the sealed"
            + " interface says nothing, so the shape of its values is not known at compile time;"
            + " write the type out");
  }
}
