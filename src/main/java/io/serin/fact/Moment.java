package io.serin.fact;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The time of the tick. Rules know no other clock.
 *
 * @param epochSecond seconds since 1970-01-01T00:00:00Z
 * @param zone time zone of the calendar fields
 * @param day day of the week
 * @param hour hour of the day, 0 to 23
 * @param minute minute of the hour, 0 to 59
 */
public record Moment(long epochSecond, String zone, DayOfWeek day, int hour, int minute) {

  /** The moment of {@code now} as the calendar of {@code zone} has it. */
  public static Moment of(Instant now, ZoneId zone) {
    var local = now.atZone(zone);
    return new Moment(
        now.getEpochSecond(),
        zone.getId(),
        local.getDayOfWeek(),
        local.getHour(),
        local.getMinute());
  }
}
