package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagTest {

  @Test
  void tagsAreFilledIn() throws Throwable {
    Object result = Programs.run("""
            class Main {
              enum Level { LOW { @Override public String toString() { return "low"; } } }
              record Team(Level level) {}
              record User(String id, Team team) { int getAge() { return 7; } boolean isOld() { return false; } }
              @DiskMemoize(tag = {
                "all", "repo:{repo}", "{user.id}", "{user.team.level}", "{number}{c}", "{{{repo}}}",
                "old:{user.old}/{user.age}", "{level}!", "{date}", "{uuid}", "back\\\\slash*/\\u00e9$L\\"@{{"
              })
              int size(String repo, User user, int number, char c, Level level, LocalDate date, UUID uuid) {
                return 1;
              }
              static Object run() {
                DiskMemo memo = new DiskMemo();
                Main main = new MemoizedMain(memo);
                UUID uuid = new UUID(1, 2);
                main.size("r", new User("u", new Team(Level.LOW)), 1, 'c', Level.LOW, LocalDate.EPOCH, uuid);
                main.size(null, new User(null, null), 1, 'c', null, null, null);
                main.size(null, null, 1, 'c', null, null, null);
                return memo.tags;
              }
            }
            """);

    assertThat(result)
        .isEqualTo(List.of(
            List.of(
                "all",
                "repo:r",
                "u",
                "LOW",
                "1c",
                "{r}",
                "old:false/7",
                "LOW!",
                "1970-01-01",
                "00000000-0000-0001-0000-000000000002",
                "back\\slash*/\u00e9$L\"@{"),
            List.of(
                "all",
                "repo:null",
                "null",
                "null",
                "1c",
                "{null}",
                "old:false/7",
                "null!",
                "null",
                "null",
                "back\\slash*/\u00e9$L\"@{"),
            List.of(
                "all",
                "repo:null",
                "null",
                "null",
                "1c",
                "{null}",
                "old:null/null",
                "null!",
                "null",
                "null",
                "back\\slash*/\u00e9$L\"@{")));
  }

  @Test
  void parameterNamedLikeAMethodOfArgumentsKeepsItsMeaning() throws Throwable {
    Object result = Programs.run("""
            class Main {
              @DiskMemoize(tag = "{hashCode}") int size(List<String> tags, String hashCode) { return 1; }
              static Object run() {
                DiskMemo memo = new DiskMemo();
                new MemoizedMain(memo).size(Arrays.asList("not a tag"), "tag");
                return memo.tags;
              }
            }
            """);

    assertThat(result).isEqualTo(Arrays.asList(List.of("tag")));
  }
}
