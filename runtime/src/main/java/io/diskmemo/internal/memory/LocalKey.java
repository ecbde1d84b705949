package io.diskmemo.internal.memory;

import io.diskmemo.key.Key;

/**
 * A key together with a class of what asks for it: the same wrapper loaded by two class loaders has
 * equal keys, and results of classes that only share a name.
 *
 * @param owner class of the generated arguments, which no other method and no other class loader has
 * @param key of the entry
 */
public record LocalKey(Class<?> owner, Key key) {}
