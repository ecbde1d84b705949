package io.diskmemo.it;

import io.diskmemo.DiskMemo;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** One object of each class, all plain or all memoized. */
record Libraries(
    Texts texts,
    Tables tables,
    Shapes shapes,
    Calendars calendars,
    Pages pages,
    Numbers numbers,
    Beans beans,
    List<Similarity> similarities) {
  private static final ZoneId ZONE = ZoneId.of("Pacific/Auckland");

  static Libraries plain() {
    return new Libraries(
        new Texts(),
        new Tables(),
        new Shapes(),
        new Calendars(ZONE),
        new Pages(),
        new Numbers(),
        new Beans(),
        delegates().toList());
  }

  private static Stream<Similarity> delegates() {
    return Stream.of(
        Similarity.Known.JACCARD,
        Similarity.Known.LENGTH,
        new Similarity.Fuzzy("en"),
        new Similarity.Fuzzy("tr"));
  }

  static Libraries memoized(DiskMemo memo) {
    return new Libraries(
        new MemoizedTexts(memo),
        new MemoizedTables(memo),
        new MemoizedShapes(memo),
        new MemoizedCalendars(memo, ZONE),
        new MemoizedPages(memo),
        new MemoizedNumbers(memo),
        new MemoizedBeans(memo),
        delegates()
            .<Similarity>map(delegate -> new MemoizedSimilarity(memo, delegate))
            .toList());
  }
}
