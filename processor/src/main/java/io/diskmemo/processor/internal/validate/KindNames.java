package io.diskmemo.processor.internal.validate;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names that a kind may have: each is the name of a directory on every system. */
final class KindNames {
  private static final int MAX_LENGTH = 64;
  private static final Pattern VALID =
      Pattern.compile("[a-z][a-z0-9-]{0," + (MAX_LENGTH - 1) + "}");
  private static final Pattern WINDOWS_DEVICE =
      Pattern.compile("con|prn|aux|nul|com[1-9]|lpt[1-9]");

  private KindNames() {}

  static String parse(String name) {
    if (WINDOWS_DEVICE.matcher(name).matches()) {
      throw new Mistake(
          MistakeId.BAD_KIND,
          "kind \"%s\" is the name of a device on Windows; choose another name, such as \"%s-data\"",
          name,
          name);
    }
    if (!VALID.matcher(name).matches()) {
      throw new Mistake(
          MistakeId.BAD_KIND,
          "kind \"%s\" is not a name of lower-case letters, digits and hyphens that starts with a"
              + " letter and has at most %s characters; %s",
          name,
          MAX_LENGTH,
          advice(name));
    }
    return name;
  }

  private static String advice(String name) {
    String respelled = respelled(name);
    return VALID.matcher(respelled).matches()
            && !WINDOWS_DEVICE.matcher(respelled).matches()
        ? "did you mean \"" + respelled + "\"?"
        : "choose such a name, or leave it out for \"default\"";
  }

  private static String respelled(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^[-0-9]+|-+$", "");
  }
}
