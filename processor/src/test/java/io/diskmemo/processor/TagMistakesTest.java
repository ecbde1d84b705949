package io.diskmemo.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagMistakesTest {

  private static String mistake(String tag, String parameters) {
    return Mistakes.inSource("""
        class A {
          @DiskMemoize(tag = "%s") int size(%s) { return 1; }
        }
        record User(String id, Team team, int[] rights) {}
        record Page(String url, @KeyIgnore String requestId) {}
        record Team(String name) {
          String title() throws IOException { return name; }
        }
        """.formatted(tag, parameters));
  }

  @ParameterizedTest
  @ValueSource(strings = {"repo:{", "repo:{repo", "repo:{{{repo"})
  void openBrace(String tag) {
    assertThat(mistake(tag, "String repo"))
        .isEqualTo(
            "[DiskMemo-BadTag] tag \"%s\" opens a brace without its partner at character %s; write a"
                + " parameter as {name}, and \"{{\" for a brace that is meant literally",
            tag, tag.lastIndexOf('{') + 1);
  }

  @Test
  void braceInBraces() {
    assertThat(mistake("{re{po}", "String repo"))
        .startsWith(
            "[DiskMemo-BadTag] tag \"{re{po}\" opens a brace without its partner at character 1;");
  }

  @Test
  void closedBrace() {
    assertThat(mistake("repo}", "String repo"))
        .isEqualTo(
            "[DiskMemo-BadTag] tag \"repo}\" closes a brace without its partner at character 5; write"
                + " a parameter as {name}, and \"}}\" for a brace that is meant literally");
  }

  @ParameterizedTest
  @CsvSource({
    "repo:${repo},    $, repo:{repo}",
    "repo:#{repo},    #, repo:{repo}",
    "repo:#{#repo},   #, repo:{repo}",
    "repo:${ repo },  $, repo:{repo}",
    "#repo,           #, {repo}",
    "repo:$repo!,     $, repo:{repo}!",
    "a:#user.id:b,    #, a:{user.id}:b",
    "a:#user.id(),    #, a:{user.id}",
    "${repo.size(),   $, {name}",
    "#{repo ?: 'x'},  #, {name}",
  })
  void parameterWrittenAsInOtherLibraries(String tag, String sign, String wayOut) {
    assertThat(mistake(tag, "String repo, User user"))
        .isEqualTo(
            "[DiskMemo-BadTag] tag \"%s\" names a parameter with %s, as other libraries have it;"
                + " write \"%s\"",
            tag, sign, wayOut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"issue#12", "#all", "cost:$", "${{repo}}", "#{{repo}}", "$$repository"})
  void signsThatAreNoParameters(String tag) {
    Compiled.strictly("""
            package test;
            class A {
              @io.diskmemo.annotations.DiskMemoize(tag = "%s") int size(String repo) { return 1; }
            }
            """.formatted(tag)).succeeds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void emptyTag(String tag) {
    assertThat(mistake(tag, "String repo"))
        .isEqualTo(
            "[DiskMemo-BadTag] a tag is empty; give it a name such as \"repo:{repo}\", or remove it");
  }

  @Test
  void emptyBraces() {
    assertThat(mistake("repo:{}", "String repo"))
        .isEqualTo(
            "[DiskMemo-BadTag] tag \"repo:{}\" has empty braces; put the name of a parameter into"
                + " them, or double them if they are meant literally");
  }

  @Test
  void unknownNamesWithoutAGuess() {
    assertThat(mistake("{zzzz}", "String repo, User user"))
        .endsWith("names zzzz, which is no parameter of size; use one of repo, user");
    assertThat(mistake("{repo}", ""))
        .endsWith("which is no parameter of size; it has none, so write the tag without braces");
  }

  @Test
  void unknownAccessor() {
    assertThat(mistake("{user.idd}", "User user"))
        .isEqualTo(
            "[DiskMemo-UnknownTagParameter] tag \"{user.idd}\" names idd of a test.User, which has no"
                + " such component or getter that can be called; did you mean id?");
    assertThat(mistake("{user.id.}", "User user")).startsWith("[DiskMemo-UnknownTagParameter]");
    assertThat(mistake("{count.id}", "int count"))
        .endsWith("of a int, which has no such component or getter that can be called; add one, or"
            + " name another");
  }

  @Test
  void accessorThatThrows() {
    assertThat(mistake("{user.team.title}", "User user"))
        .startsWith("[DiskMemo-UnknownTagParameter] tag \"{user.team.title}\" names title of a");
  }

  @Test
  void ignoredParameter() {
    assertThat(mistake("{repo}", "@KeyIgnore String repo"))
        .isEqualTo(
            "[DiskMemo-TagNotInKey] tag \"{repo}\" names repo, which is @KeyIgnore, so calls that"
                + " differ in it share one entry; use a parameter that is in the key, or take"
                + " @KeyIgnore from it");
  }

  @Test
  void ignoredComponent() {
    assertThat(mistake("{page.requestId}", "Page page"))
        .isEqualTo(
            "[DiskMemo-TagNotInKey] tag \"{page.requestId}\" names requestId, which is @KeyIgnore, so"
                + " calls that differ in it share one entry; use a parameter that is in the key, or"
                + " take @KeyIgnore from it");
  }

  @Test
  void nameOfFileThatIsKeyedByContent() {
    assertThat(mistake("{file.fileName}", "@FileContent Path file"))
        .isEqualTo(
            "[DiskMemo-TagNotInKey] tag \"{file.fileName}\" names file, of which only the file's"
                + " content is in the key, so that equal files share one entry; add a parameter for"
                + " the name, or take @FileContent from it");
  }

  @Test
  void valueWithoutStableText() {
    assertThat(mistake("{user}", "User user"))
        .isEqualTo(
            "[DiskMemo-BadTag] tag \"{user}\" names user of type test.User, which has no stable text;"
                + " name a string, number, enum, date or identifier in it, as in {user.id}");
    assertThat(mistake("{user.rights}", "User user")).contains("names user.rights of type int[]");
    assertThat(mistake("{list}", "List<String> list")).startsWith("[DiskMemo-BadTag]");
  }

  @ParameterizedTest
  @CsvSource({"0A, n", "2028, u2028", "2029, u2029", "85, u0085", "D83D, ud83d", "DE00, ude00"})
  void characterThatBreaksTheGeneratedSource(String codePoint, String escape) {
    String expected =
        "[DiskMemo-BadTag] a tag has the character U+" + "0".repeat(4 - codePoint.length())
            + codePoint + ", which nobody sees or which is half of one; write the tag without it";
    assertThat(mistake("a\\" + escape + "b:{repo}", "String repo")).isEqualTo(expected);
    assertThat(mistake("${repo}\\" + escape, "String repo")).isEqualTo(expected);
  }
}
