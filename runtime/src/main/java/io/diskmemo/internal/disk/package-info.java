/**
 * One kind on disk: an SQLite database and the counters beside it; and the databases of persistent
 * collections. Knows bytes, never types.
 *
 * <p>{@link io.diskmemo.internal.disk.KindStore} is the door for entries, {@link
 * io.diskmemo.internal.disk.CollectionDatabase} for collections, {@link
 * io.diskmemo.internal.disk.StoreDirectory} for the directory that both live in. Failures are
 * {@link io.diskmemo.internal.disk.DiskException}s.
 */
@NullMarked
package io.diskmemo.internal.disk;

import org.jspecify.annotations.NullMarked;
