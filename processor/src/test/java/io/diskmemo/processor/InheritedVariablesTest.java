package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Type variables of inherited methods, bounded by those of the class that declares them. */
class InheritedVariablesTest {

  @Test
  void methodThatIsPassedOn() {
    String wrapper = Compiled.strictly("""
            package test;
            public interface Repo<V> {
              <R extends V> R as(Class<R> type);
              <R extends Comparable<V> & java.io.Serializable> R most(Iterable<R> all);
              <R extends Object & Comparable<? super V>, S extends R> S least(R r, S s);
              <K, E extends Enum<E>> java.util.Map<K, V> all(java.util.Set<E> of, V more);
            }
            """, """
            package test;
            import io.diskmemo.annotations.*;
            public interface Users extends Repo<Number> {
              @DiskMemoize String name(int id);
            }
            """).succeeds().generated("test.MemoizedUsers");

    assertThat(wrapper)
        .contains("public <R extends Number> R as(Class<R> type) {")
        .contains("public <R extends Comparable<Number> & Serializable> R most(Iterable<R> all) {")
        .contains("<R extends Object & Comparable<? super Number>, S extends R> S least(R r, S s)")
        .contains("<K, E extends Enum<E>> Map<K, Number> all(Set<E> of, Number more)");
  }

  @Test
  void boundOfAnotherPackageThatOnlyTheBoundMentions() {
    assertThat(Compiled.strictly("""
            package other;
            public interface Repo<V> { <R extends Comparable<V> & java.io.Serializable> R as(R other); }
            """, """
            package test;
            public class Key {}
            """, """
            package test;
            import io.diskmemo.annotations.*;
            public interface Users extends other.Repo<Key> {
              @DiskMemoize String name(int id);
            }
            """).succeeds().generated("test.MemoizedUsers"))
        .contains("<R extends Comparable<Key> & Serializable> R as(R other)");
  }

  @Test
  void methodOfASuperclass() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Base<V> {
                @OneAtATime <R extends V> R once(Supplier<R> source) { return source.get(); }
              }
              static class Sub extends Base<Number> {
                @DiskMemoize <R extends Number> String shown(int x, @KeyIgnore R other) { return "" + x; }
              }
              static Object run(DiskMemo memo) {
                MemoizedMain_Sub sub = new MemoizedMain_Sub(memo);
                Integer once = sub.once(() -> 3);
                return once + sub.shown(4, 5L);
              }
            }
            """);

    assertThat(result).isEqualTo("34");
  }
}
