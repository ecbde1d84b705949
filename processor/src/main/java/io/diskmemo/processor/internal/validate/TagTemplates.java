package io.diskmemo.processor.internal.validate;

import java.util.ArrayList;
import java.util.List;

/** Takes templates of tags apart: text, and names in braces; a doubled brace is text. */
final class TagTemplates {
  private final String template;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int position;

  /**
   * A piece of a template.
   *
   * @param isName whether it stood in braces
   * @param text of the piece, without braces and the blanks inside them
   */
  record Piece(boolean isName, String text) {}

  private TagTemplates(String template) {
    this.template = template;
  }

  static List<Piece> parse(String template) {
    if (template.isBlank()) {
      throw new Mistake(
          MistakeId.BAD_TAG,
          "a tag is empty; give it a name such as \"repo:{repo}\", or remove it");
    }
    return new TagTemplates(template).parse();
  }

  /** What ends a line in some editors, or cannot be written as UTF-8, breaks the generated source. */
  static void refuseInvisible(String template) {
    template.codePoints().filter(TagTemplates::isInvisible).findFirst().ifPresent(c -> {
      throw new Mistake(
          MistakeId.BAD_TAG,
          "a tag has the character U+%04X, which nobody sees or which is half of one; write the"
              + " tag without it",
          c);
    });
  }

  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private List<Piece> parse() {
    while (position < template.length()) {
      char c = template.charAt(position);
      if (c != '{' && c != '}') {
        text.append(c);
        position++;
      } else if (position + 1 < template.length() && template.charAt(position + 1) == c) {
        text.append(c);
        position += 2;
      } else if (c == '{') {
        endText();
        name();
      } else {
        throw unbalanced("closes", "}");
      }
    }
    endText();
    return pieces;
  }

  private void endText() {
    if (!text.isEmpty()) {
      pieces.add(new Piece(false, text.toString()));
      text.setLength(0);
    }
  }

  private void name() {
    int end = template.indexOf('}', position);
    String name = end < 0 ? "" : template.substring(position + 1, end);
    if (end < 0 || name.contains("{")) {
      throw unbalanced("opens", "{");
    }
    if (name.isBlank()) {
      throw new Mistake(
          MistakeId.BAD_TAG,
          "tag \"%s\" has empty braces; put the name of a parameter into them, or double them if"
              + " they are meant literally",
          template);
    }
    pieces.add(new Piece(true, name.strip()));
    position = end + 1;
  }

  private Mistake unbalanced(String verb, String brace) {
    return new Mistake(
        MistakeId.BAD_TAG,
        "tag \"%s\" %s a brace without its partner at character %s; write a parameter as {name},"
            + " and \"%s\" for a brace that is meant literally",
        template,
        verb,
        position + 1,
        brace + brace);
  }
}
