package io.diskmemo;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names a kind can have: those that are a directory's name on every system. */
final class KindNames {
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern DEVICE = Pattern.compile("(com|lpt)[1-9]");
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

  private KindNames() {}

  static boolean isValid(String kind) {
    return VALID.matcher(kind).matches()
        && !DEVICES.contains(kind)
        && !DEVICE.matcher(kind).matches();
  }

  static String require(String kind) {
    if (!VALID.matcher(kind).matches()) {
      throw new InvalidSettingException("\""
          + kind
          + "\" is no name of a kind; use lower-case letters, digits and hyphens, beginning"
          + " with a letter, at most 64");
    }
    if (DEVICES.contains(kind) || DEVICE.matcher(kind).matches()) {
      throw new InvalidSettingException(
          "\"" + kind + "\" is a device on Windows and no name of a kind; use another");
    }
    return kind;
  }
}
