package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags, told by how many entries an eviction takes. */
class TagTest {

  /** A template, and what it is in each of the calls. */
  private static final String TEMPLATES = """
      all | all | all | all
      repo:{repo} | repo:r | repo:null | repo:null
      {user.id} | u | null | null
      { repo }{ user.id } | ru | nullnull | nullnull
      {user.team.level} | LOW | null | null
      {number}{c} | 1c | 1c | 1c
      {{{repo}}} | {r} | {null} | {null}
      old:{user.old}/{user.age} | old:false/7 | old:false/7 | old:null/null
      {level}! | LOW! | null! | null!
      {date} | 1970-01-01 | null | null
      {uuid} | 00000000-0000-0001-0000-000000000002 | null | null
      back\\\\slash*/\\u00e9$L\\"@{{ | back\\\\slash*/\u00e9$L\\"@{ | back\\\\slash*/\u00e9$L\\"@{ | back\\\\slash*/\u00e9$L\\"@{
      """;

  private static final List<String> CALLS = List.of(
      "(\"r\", new User(\"u\", new Team(Level.LOW)), 1, 'c', Level.LOW, LocalDate.EPOCH, new UUID(1, 2))",
      "(null, new User(null, null), 1, 'c', null, null, null)",
      "(null, null, 1, 'c', null, null, null)");

  @Test
  void templatesAreFilledIn() throws Throwable {
    StringBuilder methods = new StringBuilder();
    StringBuilder evictions = new StringBuilder();
    for (String row : TEMPLATES.lines().toList()) {
      String[] columns = row.split(" \\| ", -1);
      String method = "m" + methods.length();
      methods.append("""
          @DiskMemoize(tag = "%s")
          int %s(String repo, User user, int number, char c, Level level, LocalDate date, UUID uuid) {
            return 1;
          }
          """.formatted(columns[0], method));
      for (int i = 0; i < CALLS.size(); i++) {
        evictions.append("main.%s%s; evict(\"%s\", memo, wrong);\n"
            .formatted(method, CALLS.get(i), columns[i + 1]));
      }
    }

    assertThat(OnDisk.run(evictingMain(methods, evictions))).isEqualTo(List.of());
  }

  private static String evictingMain(CharSequence methods, CharSequence evictions) {
    return """
        class Main {
          enum Level { LOW { @Override public String toString() { return "low"; } } }
          record Team(Level level) {}
          record User(String id, Team team) { int getAge() { return 7; } boolean isOld() { return false; } }
          %s
          static Object run(DiskMemo memo) {
            Main main = new MemoizedMain(memo);
            List<String> wrong = new ArrayList<>();
            %s
            return wrong;
          }
          static void evict(String tag, DiskMemo memo, List<String> wrong) {
            if (memo.evictTag(tag) != 1) {
              wrong.add(tag);
            }
          }
        }
        """.formatted(methods, evictions);
  }

  @Test
  void entryHasAllTagsOfItsMethod() throws Throwable {
    Object evicted = OnDisk.run("""
            class Main {
              @DiskMemoize(tag = {"all", "repo:{repo}", "{number}"}) int size(String repo, int number) {
                return 1;
              }
              static Object run(DiskMemo memo) {
                List<Long> evicted = new ArrayList<>();
                for (String tag : List.of("none", "7", "repo:r", "all", "all")) {
                  new MemoizedMain(memo).size("r", 7);
                  new MemoizedMain(memo).size("s", 8);
                  evicted.add(memo.evictTag(tag));
                }
                return evicted;
              }
            }
            """);

    assertThat(evicted).isEqualTo(List.of(0L, 1L, 1L, 2L, 2L));
  }

  @Test
  void parameterNamedLikeAMethodOfArgumentsKeepsItsMeaning() throws Throwable {
    Object evicted = OnDisk.run("""
            class Main {
              @DiskMemoize(tag = "{hashCode}") int size(List<String> tags, String hashCode) { return 1; }
              static Object run(DiskMemo memo) {
                new MemoizedMain(memo).size(Arrays.asList("not a tag"), "tag");
                return List.of(memo.evictTag("not a tag"), memo.evictTag("tag"));
              }
            }
            """);

    assertThat(evicted).isEqualTo(List.of(0L, 1L));
  }

  @Test
  void wrappersAreWrittenInAsciiAndSayWhatTheirOriginalsSay() throws Throwable {
    String source = """
            class Main {
              record Stra\u00dfe(String \u00f6rtlich) {}
              @DiskMemoize(tag = {"gr\u00f6\u00dfe:{stra\u00dfe.\u00f6rtlich}", "\u4e2d\ud83d\ude00", "\\\\u00e9\\\\\u00e9\u0300"})
              int \u00fcber(Stra\u00dfe stra\u00dfe) { return 1; }
              static Object run(DiskMemo memo) {
                Main main = new MemoizedMain(memo);
                List<Object> results = new ArrayList<>();
                for (String tag : List.of("gr\u00f6\u00dfe:\u00e4", "\u4e2d\ud83d\ude00", "\\\\u00e9\\\\\u00e9\u0300")) {
                  main.\u00fcber(new Stra\u00dfe("\u00e4"));
                  results.add(memo.evictTag(tag));
                }
                return results;
              }
            }
            """;
    Compiled compiled = OnDisk.compile(source);

    assertThat(compiled.succeeds().generated("test.MemoizedMain"))
        .matches("\\p{ASCII}+")
        .contains("gr\\u00f6\\u00dfe:");
    assertThat(OnDisk.run(compiled.load())).isEqualTo(List.of(1L, 1L, 1L));
  }
}
