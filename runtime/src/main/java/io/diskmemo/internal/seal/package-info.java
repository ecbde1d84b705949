/** Encryption of values: bytes to bytes, knowing neither types nor disks. Thread-safe unless said. */
@NullMarked
package io.diskmemo.internal.seal;

import org.jspecify.annotations.NullMarked;
