package io.diskmemo.it;

import io.diskmemo.DiskMemo;
import java.time.ZoneId;

/** One object of each class, all plain or all memoized. */
record Libraries(
    Texts texts, Tables tables, Shapes shapes, Calendars calendars, Pages pages, Numbers numbers) {
  private static final ZoneId ZONE = ZoneId.of("Pacific/Auckland");

  static Libraries plain() {
    return new Libraries(
        new Texts(), new Tables(), new Shapes(), new Calendars(ZONE), new Pages(), new Numbers());
  }

  static Libraries memoized(DiskMemo memo) {
    return new Libraries(
        new MemoizedTexts(memo),
        new MemoizedTables(memo),
        new MemoizedShapes(memo),
        new MemoizedCalendars(memo, ZONE),
        new MemoizedPages(memo),
        new MemoizedNumbers(memo));
  }
}
