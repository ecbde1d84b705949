package io.diskmemo.processor.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MistakeIdTest {

  @Test
  void idsAreShownInBrackets() {
    assertThat(MistakeId.VOID.shown()).isEqualTo("[DiskMemo-Void]");
    assertThat(MistakeId.UNKNOWN_TAG_PARAMETER.shown()).isEqualTo("[DiskMemo-UnknownTagParameter]");
  }
}
