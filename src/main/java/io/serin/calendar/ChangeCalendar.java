package io.serin.calendar;

import io.serin.fact.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Change windows and freezes. While there are windows, the time outside of all of them is a freeze,
 * too. Where the clock is set back, freezes are as long and windows as short as their local times
 * allow.
 *
 * @param zone time zone of all local times
 * @param windows when rollouts may go on; none for always
 * @param freezes when they may not
 */
public record ChangeCalendar(ZoneId zone, List<Entry> windows, List<Entry> freezes) {

  /** Whatever is further away counts as that far: a year and a day. */
  public static final Duration FAR = Duration.ofDays(366);

  /** The name of the freeze outside of all windows. */
  public static final String WINDOWS = "change windows";

  /** First a look at the next days, then, when that leaves it open, at the next year. */
  private static final int[] HORIZONS = {9, 367};

  /** Copies the lists. */
  public ChangeCalendar {
    windows = List.copyOf(windows);
    freezes = List.copyOf(freezes);
  }

  /**
   * Reads a calendar.
   *
   * @param yaml as {@code docs/policy/calendar.md} has it
   * @throws CalendarException when it says something that cannot be understood
   */
  public static ChangeCalendar parse(String yaml) {
    return new CalendarReader().read(yaml);
  }

  /** What it says to canaries of a namespace at that moment. */
  public List<Freeze> at(Instant now, String namespace) {
    List<Freeze> all = new ArrayList<>();
    List<Entry> open = windows.stream().filter(w -> w.concerns(namespace)).toList();
    if (!open.isEmpty()) {
      all.add(outside(open, now));
    }
    for (Entry freeze : freezes) {
      if (freeze.concerns(namespace)) {
        all.add(inside(freeze, now));
      }
    }
    return all;
  }

  private Freeze inside(Entry entry, Instant now) {
    Span span = next(List.of(entry), now, true);
    if (span == null) {
      return freeze(entry.name(), entry.reason(), false, FAR);
    }
    boolean active = span.contains(now);
    Instant change = active ? span.end() : span.start();
    return freeze(entry.name(), entry.reason(), active, Duration.between(now, change));
  }

  private Freeze outside(List<Entry> open, Instant now) {
    Span span = next(open, now, false);
    String reason = "changes are for " + String.join(", ", open.stream().map(Entry::name).toList());
    if (span == null) {
      return freeze(WINDOWS, reason, true, FAR);
    }
    boolean active = !span.contains(now);
    Instant change = active ? span.start() : span.end();
    return freeze(WINDOWS, reason, active, Duration.between(now, change));
  }

  private static Freeze freeze(String name, String reason, boolean active, Duration change) {
    // Rounded up, so that a look after that many seconds finds the change done.
    long seconds = Math.min(FAR.toSeconds(), change.plusNanos(999_999_999).toSeconds());
    return new Freeze(name, active, reason, active ? seconds : 0, active ? 0 : seconds);
  }

  /** The stretch that lasts or comes next, with all that joins it; null when there is none. */
  private @Nullable Span next(List<Entry> entries, Instant now, boolean wide) {
    for (int days : HORIZONS) {
      Instant horizon = now.plus(Duration.ofDays(days - 2L));
      Span span = next(entries, now, wide, days);
      if (span != null && span.end().isBefore(horizon) || days == HORIZONS[HORIZONS.length - 1]) {
        return span;
      }
    }
    return null;
  }

  private @Nullable Span next(List<Entry> entries, Instant now, boolean wide, int days) {
    Span found = null;
    for (Span span : spans(entries, now, wide, days)) {
      if (!span.end().isAfter(now)) {
        continue;
      }
      if (found != null && !found.reaches(span)) {
        return found;
      }
      found = found == null ? span : found.and(span);
    }
    return found;
  }

  private List<Span> spans(List<Entry> entries, Instant now, boolean wide, int days) {
    LocalDate yesterday = now.atZone(zone).toLocalDate().minusDays(1);
    List<Span> spans = new ArrayList<>();
    for (Entry entry : entries) {
      for (int i = 0; i < days; i++) {
        Span span = entry.on(yesterday.plusDays(i), zone, wide);
        if (span != null) {
          spans.add(span);
        }
      }
    }
    spans.sort(Comparator.comparing(Span::start));
    return spans;
  }
}
