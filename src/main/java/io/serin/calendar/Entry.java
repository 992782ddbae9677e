package io.serin.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A window or a freeze as the calendar has it, in local time.
 *
 * @param name its name
 * @param reason why, for people
 * @param days days on which it begins
 * @param from when on such a day it begins
 * @param to when it ends; on the next day unless after {@code from}
 * @param since nothing of it lies before; null for no such limit
 * @param until nothing of it lies at or after; null for no such limit
 * @param namespaces whom it concerns; empty for everybody
 */
record Entry(
    String name,
    String reason,
    Set<DayOfWeek> days,
    LocalTime from,
    LocalTime to,
    @Nullable LocalDateTime since,
    @Nullable LocalDateTime until,
    Set<String> namespaces) {

  Entry {
    days = Set.copyOf(days);
    namespaces = Set.copyOf(namespaces);
  }

  boolean concerns(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  /**
   * What of it begins on that day; null when nothing does.
   *
   * @param wide where the clock is set back and a local time comes twice: as long as possible, or
   *     as short
   */
  @Nullable Span on(LocalDate day, ZoneId zone, boolean wide) {
    if (!days.contains(day.getDayOfWeek())) {
      return null;
    }
    LocalDateTime start = latest(day.atTime(from), since);
    LocalDateTime end = earliest((to.isAfter(from) ? day : day.plusDays(1)).atTime(to), until);
    if (!start.isBefore(end)) {
      return null;
    }
    Span span = new Span(instant(start, zone, !wide), instant(end, zone, wide));
    return span.start().isBefore(span.end()) ? span : null;
  }

  /** A local time that is skipped is taken to be as long after midnight as it would have been. */
  private static Instant instant(LocalDateTime local, ZoneId zone, boolean later) {
    ZonedDateTime time = local.atZone(zone);
    return (later ? time.withLaterOffsetAtOverlap() : time.withEarlierOffsetAtOverlap())
        .toInstant();
  }

  private static LocalDateTime latest(LocalDateTime time, @Nullable LocalDateTime limit) {
    return limit != null && limit.isAfter(time) ? limit : time;
  }

  private static LocalDateTime earliest(LocalDateTime time, @Nullable LocalDateTime limit) {
    return limit != null && limit.isBefore(time) ? limit : time;
  }
}
