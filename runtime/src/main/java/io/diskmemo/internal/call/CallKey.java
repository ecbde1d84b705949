package io.diskmemo.internal.call;

import io.diskmemo.internal.memory.LocalKey;
import io.diskmemo.key.Key;
import java.util.List;

/**
 * What a call's arguments say before the method runs, which may change them.
 *
 * @param local digest of the arguments
 * @param dependsOnFile whether it holds the content of a file, which anybody may change meanwhile
 * @param isSmall whether the arguments are small enough to be kept in memory as they are
 * @param tags of the entry
 */
record CallKey(LocalKey local, boolean dependsOnFile, boolean isSmall, List<String> tags) {
  CallKey {
    tags = List.copyOf(tags);
  }

  Key key() {
    return local.key();
  }
}
