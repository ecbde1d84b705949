package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyPart;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.threeten.extra.AmountFormats;
import org.threeten.extra.Interval;
import org.threeten.extra.PeriodDuration;
import org.threeten.extra.Temporals;
import org.threeten.extra.YearQuarter;
import org.threeten.extra.chrono.EthiopicDate;
import org.threeten.extra.chrono.JulianDate;

/** ThreeTen-Extra: dates. The zone is state. */
class Calendars {
  record Day(
      LocalDate date,
      Year year,
      YearMonth month,
      DayOfWeek dayOfWeek,
      int quarter,
      String julian,
      Optional<String> ethiopic) {}

  record Overlap(Instant start, Instant end, Duration length) {}

  @KeyPart
  final ZoneId zone;

  Calendars(ZoneId zone) {
    this.zone = zone;
  }

  @DiskMemoize
  Day day(LocalDate date) {
    return new Day(
        date,
        Year.from(date),
        YearMonth.from(date),
        date.getDayOfWeek(),
        YearQuarter.from(date).getQuarterValue(),
        JulianDate.from(date).toString(),
        date.isBefore(LocalDate.of(9, 1, 1))
            ? Optional.empty()
            : Optional.of(EthiopicDate.from(date).toString()));
  }

  @DiskMemoize
  List<LocalDate> workingDays(LocalDate from, int count) {
    List<LocalDate> days = new ArrayList<>(List.of(from));
    for (int i = 0; i < count; i++) {
      days.add(days.get(i).with(Temporals.nextWorkingDay()));
    }
    return days;
  }

  @DiskMemoize
  Map<String, ZonedDateTime> bounds(Instant instant) {
    ZonedDateTime time = instant.atZone(zone);
    return Map.of("quarter", YearQuarter.from(time).atDay(1).atStartOfDay(zone), "time", time);
  }

  @DiskMemoize
  Optional<Overlap> overlap(Instant one, Duration oneLength, Instant other, Duration otherLength) {
    Interval first = Interval.of(one, oneLength.abs());
    Interval second = Interval.of(other, otherLength.abs());
    if (!first.overlaps(second)) {
      return Optional.empty();
    }
    Interval both = first.intersection(second);
    return Optional.of(new Overlap(both.getStart(), both.getEnd(), both.toDuration()));
  }

  @DiskMemoize
  Optional<OffsetDateTime> plus(OffsetDateTime time, String iso) {
    try {
      PeriodDuration amount = PeriodDuration.parse(iso);
      return Optional.of(time.plus(amount.getPeriod()).plus(amount.getDuration()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  @DiskMemoize
  String inWords(Period period, Duration duration) {
    return AmountFormats.wordBased(period, duration, Locale.ENGLISH);
  }
}
