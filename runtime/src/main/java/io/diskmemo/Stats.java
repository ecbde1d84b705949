package io.diskmemo;

import java.time.Duration;

/**
 * What happened to a kind, and how much it holds.
 *
 * @param kind its name
 * @param entries on disk; 0 if the disk cannot be asked, which {@code health} says
 * @param sizeBytes that count against the limit; 0 if the disk cannot be asked
 * @param sizeLimitBytes most bytes of entries
 * @param memoryHits calls answered from memory
 * @param diskHits calls answered from disk
 * @param missesAbsent calls for which nothing was stored
 * @param missesExpired calls whose entry had expired
 * @param missesDamaged calls whose entry was damaged, and removed
 * @param missesUnavailable calls that could not read the disk
 * @param missesOtherKey misses because the entry is encrypted with another key than {@link
 *     Profile.Builder#encryptionKey} gives, or with none where it gives one
 * @param computations how often methods were called
 * @param stores results that were stored
 * @param refusedTooLarge results that were larger than {@link Profile#maxEntrySize()}
 * @param refusedNoRoom results for which there was no room
 * @param refusedEvicted results that were evicted while they were computed
 * @param refusedPresent results that another process had stored meanwhile
 * @param refusedLeaseLost results whose computation was interrupted so long that another process took
 *     it over
 * @param refusedUnreadable results that could not be written and read back
 * @param refusedFileChanged results whose file changed while they were computed, or, of asynchronous
 *     methods, whose arguments did
 * @param refusedUnavailable results that the disk could not take
 * @param uncached calls for which no key could be made, because a file could not be read or an
 *     argument could not be encoded, or which came after the end
 * @param waits calls that took the result of another thread's computation
 * @param alone calls that computed beside another of the same key, rather than wait
 * @param refreshes results computed anew before their end
 * @param refreshesFailed computations before a result's end that failed
 * @param refreshesDropped refreshes that were not begun, because too many waited
 * @param staleWhileRefreshing results handed out after their end while they were computed anew
 * @param staleIfError results handed out after their end because the method failed
 * @param evicted entries removed by evictions
 * @param expired entries removed because their time was over
 * @param culled entries removed to make room
 * @param health how much of the disk this process can use, and why not more
 * @param timeSaved the time that the computations took whose results were hits
 */
public record Stats(
    String kind,
    long entries,
    long sizeBytes,
    long sizeLimitBytes,
    long memoryHits,
    long diskHits,
    long missesAbsent,
    long missesExpired,
    long missesDamaged,
    long missesUnavailable,
    long missesOtherKey,
    long computations,
    long stores,
    long refusedTooLarge,
    long refusedNoRoom,
    long refusedEvicted,
    long refusedPresent,
    long refusedLeaseLost,
    long refusedUnreadable,
    long refusedFileChanged,
    long refusedUnavailable,
    long uncached,
    long waits,
    long alone,
    long refreshes,
    long refreshesFailed,
    long refreshesDropped,
    long staleWhileRefreshing,
    long staleIfError,
    long evicted,
    long expired,
    long culled,
    StoreHealth health,
    Duration timeSaved) {

  /**
   * Calls that were answered without the method.
   *
   * @return hits in memory and on disk
   */
  public long hits() {
    return memoryHits + diskHits;
  }

  /**
   * Calls that found nothing to return.
   *
   * @return misses for every reason
   */
  public long misses() {
    return missesAbsent + missesExpired + missesDamaged + missesUnavailable + missesOtherKey;
  }
}
