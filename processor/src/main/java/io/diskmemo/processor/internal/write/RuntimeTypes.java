package io.diskmemo.processor.internal.write;

import com.palantir.javapoet.ClassName;

/** The types of the runtime that generated code uses. */
final class RuntimeTypes {
  static final ClassName DISK_MEMO = ClassName.get("io.diskmemo", "DiskMemo");

  static final ClassName ARGUMENTS = ClassName.get("io.diskmemo.generated", "Arguments");
  static final ClassName DELEGATE_IDENTITY =
      ClassName.get("io.diskmemo.generated", "DelegateIdentity");
  static final ClassName DELEGATING_WRAPPER =
      ClassName.get("io.diskmemo.generated", "DelegatingWrapper");
  static final ClassName GATE = ClassName.get("io.diskmemo.generated", "Gate");
  static final ClassName GATE_SPEC = ClassName.get("io.diskmemo.generated", "GateSpec");
  static final ClassName HIT = ClassName.get("io.diskmemo.generated", "Hit");
  static final ClassName MEMOIZED_METHOD = ClassName.get("io.diskmemo.generated", "MemoizedMethod");
  static final ClassName METHOD_SPEC = ClassName.get("io.diskmemo.generated", "MethodSpec");

  static final ClassName JSON_CODEC = ClassName.get("io.diskmemo.generated", "JsonCodec");

  static final ClassName KEY_ENCODER = ClassName.get("io.diskmemo.key", "KeyEncoder");
  static final ClassName KEY_WRITER = ClassName.get("io.diskmemo.key", "KeyWriter");

  static final ClassName CODEC = ClassName.get("io.diskmemo.codec", "Codec");
  static final ClassName CODECS = ClassName.get("io.diskmemo.codec", "Codecs");
  static final ClassName CORRUPT_VALUE_EXCEPTION =
      ClassName.get("io.diskmemo.codec", "CorruptValueException");
  static final ClassName VALUE_READER = ClassName.get("io.diskmemo.codec", "ValueReader");
  static final ClassName VALUE_WRITER = ClassName.get("io.diskmemo.codec", "ValueWriter");

  private RuntimeTypes() {}
}
