package io.diskmemo.internal.memory;

import io.diskmemo.key.Key;

/**
 * A key together with the class of the codec that its values are made by: the same wrapper loaded by
 * two class loaders has equal keys, and results of classes that only share a name.
 *
 * @param codec class of the generated codec
 * @param key of the entry
 */
public record LocalKey(Class<?> codec, Key key) {}
