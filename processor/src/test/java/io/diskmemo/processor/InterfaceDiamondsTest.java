package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Methods that an interface inherits by more than one way. */
class InterfaceDiamondsTest {

  @Test
  void annotatedMethodThatOverridesAnInheritedOne() throws Throwable {
    Object result = OnDisk.run("""
            class Main {
              static class Real implements Service {
                public String name(int id) { return "n" + id; }
                public int other() { return 1; }
              }
              static Object run(DiskMemo memo) {
                Service service = new MemoizedService(memo, new Real());
                return service.name(1) + service.name(1) + service.other() + Count.computed(memo);
              }
            }
            interface Base { String name(int id); }
            interface Left extends Base {}
            interface Cached extends Base { @DiskMemoize String name(int id); }
            interface Service extends Left, Cached { @DiskMemoize int other(); }
            """);

    assertThat(result).isEqualTo("n1n112");
  }

  @Test
  void annotatedMethodBesideOneThatKnowsNothingOfIt() {
    assertThat(OnDisk.compile("""
            interface Service extends Plain, Cached { @DiskMemoize int own(); }
            interface Plain { String name(int number) throws IOException; }
            interface Cached { @DiskMemoize String name(int id) throws IOException, TimeoutException; }
            """).succeeds().generated("test.MemoizedService"))
        .containsOnlyOnce("String name(int")
        .contains("public String name(int id) throws IOException {");
  }

  @Test
  void exceptionsAreThoseThatAllMethodsAllow() {
    assertThat(OnDisk.compile("""
            interface Service extends X, Y, P, Q { @DiskMemoize int a(); }
            @SuppressWarnings("try") // as users silence their own code
            interface X extends AutoCloseable {}
            interface Y extends AutoCloseable { void close(); }
            interface P {
              void one() throws IOException;
              void two() throws IOException, IllegalStateException;
              void three() throws FileNotFoundException, InterruptedException;
              <E extends Exception> void four() throws E;
            }
            interface Q {
              void one() throws InterruptedException;
              void two() throws FileNotFoundException, InterruptedException;
              void three() throws Exception;
              <F extends Exception> void four() throws F;
            }
            """).succeeds().generated("test.MemoizedService"))
        .contains("public void close() {")
        .contains("public void one() {")
        .contains("public void two() throws IllegalStateException, FileNotFoundException {")
        .contains("public void three() throws FileNotFoundException, InterruptedException {")
        .contains("public <E extends Exception> void four() throws E {");
  }

  /** It would throw what it does not declare. */
  @Test
  void gateOfAMethodThatMayNotThrowInterruptionsIsNotInterruptible() {
    assertThat(OnDisk.compile("""
            interface Service extends P, Q { @DiskMemoize int a(); }
            interface P {
              @io.diskmemo.annotations.OneAtATime String one(int id) throws InterruptedException;
              @io.diskmemo.annotations.OneAtATime String two(int id) throws InterruptedException;
            }
            interface Q { String one(int id); }
            """).succeeds().generated("test.MemoizedService"))
        .containsOnlyOnce(".interruptible()")
        .contains("public String one(int id) {")
        .contains("public String two(int id) throws InterruptedException {");
  }

  @Test
  void keyPartOfTwoInterfacesIsOnePart() {
    assertThat(OnDisk.compile("""
            interface Service extends P, Q { @DiskMemoize int a(); }
            interface P { @KeyPart String mark(); }
            interface Q { @KeyPart String mark(); }
            """).succeeds().generated("test.MemoizedService"))
        .contains("record AArguments(String delegate, String mark)");
  }

  @Test
  void methodThatIsAnnotatedTwice() {
    assertThat(Mistakes.inSource("""
            interface Service extends P, Q { @DiskMemoize int own(); }
            interface P { @DiskMemoize(tag = "p") int a(); }
            interface Q { @DiskMemoize(tag = "q") int a(); }
            """))
        .isEqualTo(
            "[DiskMemo-Duplicate] Service inherits a from P and from Q, so that what P says of"
                + " it is not all that counts; declare a in Service and annotate it there");
  }

  @Test
  void methodWhoseResultAnotherOneNarrows() {
    assertThat(Mistakes.inSource("""
            interface Service extends P, Q { @DiskMemoize int own(); }
            interface P { @DiskMemoize Shape a(); }
            interface Q { Circle a(); }
                sealed interface Shape permits Circle {}
                record Circle(int size) implements Shape {}
            """))
        .startsWith("[DiskMemo-Duplicate] Service inherits a from P and from Q, so that");
  }
}
