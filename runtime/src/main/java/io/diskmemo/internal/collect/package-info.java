/**
 * Persistent collections: a deque and a map, each in a database of its own.
 *
 * <p>{@link io.diskmemo.internal.collect.StoredDeque} and {@link
 * io.diskmemo.internal.collect.StoredMap} are the collections; {@code DequeRows} and {@code MapRows} know
 * bytes only. No code of users runs in a transaction.
 */
@NullMarked
package io.diskmemo.internal.collect;

import org.jspecify.annotations.NullMarked;
