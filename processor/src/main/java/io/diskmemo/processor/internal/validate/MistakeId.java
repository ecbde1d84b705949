package io.diskmemo.processor.internal.validate;

import java.util.Locale;

/** The stable names of mistakes; {@code BAD_TTL} is shown as {@code [DiskMemo-BadTtl]}. */
enum MistakeId {
  ABSTRACT_CLASS,
  ABSTRACT_METHOD,
  ASYNC_METHOD,
  BAD_CODEC,
  BAD_ENCODER,
  BAD_KIND,
  BAD_NAME,
  BAD_OPTION,
  BAD_PERIOD,
  BAD_PERMITS,
  BAD_TAG,
  BAD_TTL,
  COMPANION,
  DUPLICATE,
  FILE_CONTENT,
  FINAL_CLASS,
  FINAL_METHOD,
  GATE_MISMATCH,
  INNER_CLASS,
  INTERNAL,
  KEY_PART,
  NATIVE_METHOD,
  NO_CONSTRUCTOR,
  NO_EFFECT,
  NO_RUNTIME,
  NOT_ACCESSIBLE,
  PRIVATE_METHOD,
  RECEIVER_STATE,
  RECURSIVE_TYPE,
  STATIC_METHOD,
  SUPERCLASS,
  TAG_NOT_IN_KEY,
  TYPE_VARIABLE,
  UNKNOWN_KIND,
  UNKNOWN_TAG_PARAMETER,
  UNSUPPORTED_KEY_PART,
  UNSUPPORTED_PARAMETER,
  UNSUPPORTED_RESULT,
  VOID;

  String shown() {
    StringBuilder shown = new StringBuilder("[DiskMemo-");
    for (String word : name().split("_", -1)) {
      shown.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return shown.append(']').toString();
  }
}
