package io.diskmemo.processor.internal.validate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds parameters in a tag that are written as other libraries want them, {@code ${id}}, {@code
 * #{id}} or {@code #id}. Left alone, they would be text, or text before a parameter, in every tag.
 */
final class ForeignTemplates {
  private static final String PATH = "(\\w+(?:\\.\\w+)*)(?:\\(\\))?";

  /** Before braces that are not doubled, which would mean a brace. */
  private static final Pattern IN_BRACES =
      Pattern.compile("[#$](?=\\{(?!\\{))(?:\\{\\s*#?" + PATH + "\\s*})?");

  private static final Pattern BARE = Pattern.compile("[#$]" + PATH);

  private ForeignTemplates() {}

  /**
   * Checks a tag.
   *
   * @param parameters names of the method's parameters
   * @throws Mistake if it has such a parameter; the first one
   */
  static void refuse(String template, List<String> parameters) {
    Matcher inBraces = IN_BRACES.matcher(template);
    if (inBraces.find()) {
      throw mistake(template, inBraces);
    }
    Matcher bare = BARE.matcher(template);
    while (bare.find()) {
      if (parameters.contains(bare.group(1).split("\\.", -1)[0])) {
        throw mistake(template, bare);
      }
    }
  }

  private static Mistake mistake(String template, Matcher found) {
    String path = found.group(1);
    return new Mistake(
        MistakeId.BAD_TAG,
        "tag \"%s\" names a parameter with %s, as other libraries have it; write \"%s\"",
        template,
        template.charAt(found.start()),
        path == null
            ? "{name}"
            : template.substring(0, found.start()) + "{" + path + "}"
                + template.substring(found.end()));
  }
}
