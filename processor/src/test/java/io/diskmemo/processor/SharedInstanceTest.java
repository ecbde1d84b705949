package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrappers made without a {@code DiskMemo}, in JVMs whose shared instance is in a new directory. */
class SharedInstanceTest {
  @TempDir
  Path directory;

  private ChildJvm jvm;

  @BeforeEach
  void prepareJvm() {
    jvm = new ChildJvm(directory);
  }

  @Test
  void sharedInstanceIsTheDefault() throws Exception {
    assertThat(jvm.run("""
            class Main {
              @DiskMemoize int a() { return 1; }
              public static void main(String[] arguments) {
                new MemoizedMain().a();
                System.out.println(DiskMemo.shared().kind("default").stats().computations());
                System.out.println(DiskMemo.shared().kind("default").keys().count());
              }
            }
            """)).containsExactly("1", "1");
  }

  @Test
  void constructorsAreThoseOfTheClass() throws Exception {
    assertThat(jvm.run("""
            class Main {
              @KeyIgnore final String made;
              Main(int... numbers) throws IOException { made = Arrays.toString(numbers); }
              protected <T extends Comparable<T>> Main(T one, List<? super T> two) { made = one + "" + two; }
              private Main(Thread thread) { made = ""; }
              @DiskMemoize int a() { return 1; }
              public static void main(String[] arguments) throws IOException {
                DiskMemo memo = DiskMemo.shared();
                System.out.println(new MemoizedMain().made);
                System.out.println(new MemoizedMain(memo, 1, 2).made);
                System.out.println(new MemoizedMain(new int[] {3}).made);
                System.out.println(new MemoizedMain("a", List.of("b")).made);
                System.out.println(new MemoizedMain(memo, "a", List.of("b")).made);
                System.out.println(MemoizedMain.class.getDeclaredConstructors().length);
              }
            }
            """)).containsExactly("[]", "[1, 2]", "[3]", "a[b]", "a[b]", "4");
  }

  @Test
  void constructorWithSharedInstanceGivesWayToOneOfTheSameParameters() throws Exception {
    assertThat(jvm.run("""
            class Main {
              @KeyIgnore final String made;
              Main(DiskMemo memo, String a) { made = "both"; }
              Main(String a) { made = "one"; }
              @DiskMemoize int a() { return 1; }
              public static void main(String[] arguments) {
                DiskMemo memo = DiskMemo.shared();
                System.out.println(new MemoizedMain("a").made);
                System.out.println(new MemoizedMain(memo, "a").made);
                System.out.println(new MemoizedMain(memo, memo, "a").made);
                System.out.println(MemoizedMain.class.getDeclaredConstructors().length);
              }
            }
            """)).containsExactly("one", "one", "both", "3");
  }
}
