package io.diskmemo.internal.call;

/**
 * What decides when a stored result is computed anew.
 *
 * @param expiresMillis when it expires, or {@link io.diskmemo.internal.disk.StoredEntry#NEVER}
 * @param costNanos how long its computation took
 */
record End(long expiresMillis, long costNanos) {}
