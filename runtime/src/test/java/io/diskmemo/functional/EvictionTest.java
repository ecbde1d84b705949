package io.diskmemo.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskmemo.DiskMemo;
import io.diskmemo.EvictionFilter;
import io.diskmemo.EvictionReport;
import io.diskmemo.MaintenanceReport;
import io.diskmemo.UnknownKindException;
import io.diskmemo.testkit.Stores;
import io.diskmemo.testkit.TestMethod;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvictionTest {
  @TempDir
  Path directory;

  private DiskMemo memo;

  @BeforeEach
  void open() {
    memo = Stores.open(directory);
  }

  @AfterEach
  void close() {
    memo.close();
  }

  @Test
  void eachOfSeveralTagsEvictsTheEntry() {
    for (String tag : List.of("repo:1", "user:2", "", "with 'quotes' and \0", "日本")) {
      TestMethod<String> method = TestMethod.text("m")
          .tags("repo:1", "user:2", "", "with 'quotes'" + " and \0", "日本", "repo:1")
          .in(memo);
      memo.kind("default").clear();
      method.call("a");

      assertThat(memo.evictTag(tag)).as(tag).isEqualTo(1);
      method.call("a");
      assertThat(method.computations()).as(tag).isEqualTo(2);
    }
  }

  @Test
  void tagIsAnExactName() {
    TestMethod.text("m").tags("repo:1").in(memo).call("a");

    for (String other : List.of("repo:", "repo:11", "REPO:1", "repo:%", "repo:_", "", "repo:1\0")) {
      assertThat(memo.evictTag(other)).as(other).isZero();
    }
  }

  @Test
  void tagIsEvictedFromAllKindsOrFromOne() {
    TestMethod<String> one = TestMethod.text("one").kind("one").tags("t").in(memo);
    TestMethod<String> two = TestMethod.text("two").kind("two").tags("t").in(memo);
    TestMethod<String> untagged = TestMethod.text("untagged").kind("two").in(memo);
    for (String argument : List.of("a", "b", "c")) {
      one.call(argument);
      two.call(argument);
      untagged.call(argument);
    }

    assertThat(memo.evictTag("t")).isEqualTo(6);
    assertThat(memo.kind("one").stats().evicted()).isEqualTo(3);
    one.call("a");
    two.call("a");
    assertThat(memo.kind("one").evictTag("t")).isEqualTo(1);
    two.call("a");
    untagged.call("a");
    assertThat(one.computations()).isEqualTo(4);
    assertThat(two.computations()).isEqualTo(4);
    assertThat(untagged.computations()).isEqualTo(3);
  }

  @Test
  void tagThatNobodyHasEvictsNothing() {
    TestMethod<String> method = TestMethod.text("m").in(memo);
    method.call("a");

    assertThat(memo.evictTag("unknown")).isZero();
    method.call("a");
    assertThat(method.computations()).isEqualTo(1);
  }

  @Test
  void filterEvictsByMethodWithAllOrOneOfItsOverloads() {
    TestMethod<String> one = TestMethod.text("one").in(memo);
    TestMethod<String> oneMore = TestMethod.text("oneMore").in(memo);
    one.call("a");
    oneMore.call("a");

    assertThat(evicted(EvictionFilter.all().withMethod("io.test.Sample.on"))).isZero();
    assertThat(evicted(EvictionFilter.all().withMethod("io.test.Sample.one"))).isEqualTo(1);
    assertThat(evicted(EvictionFilter.all().withMethod("io.test.Sample.one"))).isZero();
    assertThat(evicted(EvictionFilter.all().withMethod("io.test.Sample.oneMore(java.lang.String)")))
        .isEqualTo(1);
    one.call("a");
    oneMore.call("a");
    assertThat(one.computations()).isEqualTo(2);
    assertThat(oneMore.computations()).isEqualTo(2);
  }

  @Test
  void filterEvictsByTagAndMethodTogether() {
    TestMethod<String> one = TestMethod.text("one").tags(List::of).in(memo);
    TestMethod<String> two = TestMethod.text("two").tags(List::of).in(memo);
    for (String argument : List.of("a", "b")) {
      one.call(argument);
      two.call(argument);
    }
    EvictionFilter filter = EvictionFilter.all().withTag("a").withMethod("io.test.Sample.one");

    assertThat(memo.maintenance().dryRun().evict(filter))
        .containsExactly(new EvictionReport("default", 1));
    assertThat(evicted(filter)).isEqualTo(1);
    for (String argument : List.of("a", "b")) {
      one.call(argument);
      two.call(argument);
    }
    assertThat(one.computations()).isEqualTo(3);
    assertThat(two.computations()).isEqualTo(2);
  }

  @Test
  void dryRunForetellsEveryEvictionAndChangesNothing() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    method.call("a");
    method.call("b");
    TestMethod.text("n").in(memo).call("a");

    for (EvictionFilter filter : List.of(
        EvictionFilter.all(),
        EvictionFilter.all().withTag("t"),
        EvictionFilter.all().withMethod("io.test.Sample.m"),
        EvictionFilter.all().withTag("absent"))) {
      long foretold = memo.maintenance().dryRun().evict(filter).get(0).evicted();
      assertThat(memo.kind("default").stats().entries()).isEqualTo(3);
      assertThat(evicted(filter)).isEqualTo(foretold);
      method.call("a");
      method.call("b");
      TestMethod.text("n").in(memo).call("a");
    }
  }

  @Test
  void clearEvictsEverything() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    method.call("a");
    memo.kind("default").put("k", "v");
    memo.kind("other").put("k", "v");

    assertThat(memo.kind("default").clear()).isEqualTo(2);
    assertThat(memo.maintenance().clear())
        .containsExactly(new EvictionReport("default", 0), new EvictionReport("other", 1));
    method.call("a");
    assertThat(method.computations()).isEqualTo(2);
    assertThat(memo.kind("default").evictTag("t")).isEqualTo(1);
  }

  @Test
  void maintenanceDropsTheNamesOfUnusedTagsAndEvictionStillCounts() {
    TestMethod<String> method = TestMethod.text("m").tags("t").in(memo);
    method.call("a");
    memo.evictTag("t");
    List<MaintenanceReport> reports = memo.maintenance().run();
    method.call("a");

    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).check().isSound()).isTrue();
    assertThat(memo.evictTag("t")).isEqualTo(1);
  }

  @Test
  void maintenanceOfAnUnknownKindSaysWhichThereAre() {
    memo.kind("geo");

    assertThatThrownBy(() -> memo.maintenance().kind("gea"))
        .isInstanceOf(UnknownKindException.class)
        .hasMessageContaining("there is no kind \"gea\"")
        .hasMessageContaining("did you mean \"geo\"?");
    assertThat(memo.kindNames()).containsExactly("geo");
  }

  @Test
  void blankFilterIsRefused() {
    assertThatThrownBy(() -> EvictionFilter.all().withTag(" "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EvictionFilter.all().withMethod(""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long evicted(EvictionFilter filter) {
    return memo.maintenance().kind("default").evict(filter).get(0).evicted();
  }
}
