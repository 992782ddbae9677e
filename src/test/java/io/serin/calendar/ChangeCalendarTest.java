package io.serin.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.fact.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCalendarTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String OFFICE =
      """
      zone: Europe/Berlin
      windows:
      - {name: office hours, days: Mon-Fri, from: "09:00", to: "17:00"}
      """;
  private static final String NIGHT =
      """
      zone: Europe/Berlin
      freezes:
      - {name: night, days: [Fri, Sat], from: "22:00", to: "06:00"}
      """;

  // 2026-11-23 is a Monday.
  @ParameterizedTest(name = "{0}: closed {1}, changes after {2}")
  @CsvSource({
    "2026-11-23T08:59, true, PT1M",
    "2026-11-23T09:00, false, PT8H",
    "2026-11-23T16:59, false, PT1M",
    "2026-11-23T17:00, true, PT16H",
    "2026-11-27T17:00, true, PT64H",
    "2026-11-29T12:00, true, PT21H",
  })
  void outsideOfAllWindowsIsAFreeze(String local, boolean closed, Duration change) {
    Freeze freeze = only(OFFICE, local);

    assertThat(freeze.name()).isEqualTo("change windows");
    assertThat(freeze.active()).isEqualTo(closed);
    assertThat(closed ? freeze.secondsLeft() : freeze.secondsUntil()).isEqualTo(change.toSeconds());
    assertThat(freeze.reason()).isEqualTo("changes are for office hours");
  }

  @ParameterizedTest(name = "{0}: frozen {1}, changes after {2}")
  @CsvSource({
    "2026-11-27T21:59, false, PT1M",
    "2026-11-27T22:00, true, PT8H",
    "2026-11-28T00:00, true, PT6H",
    "2026-11-28T05:59:30, true, PT30S",
    "2026-11-28T06:00, false, PT16H",
    "2026-11-28T23:00, true, PT7H",
    "2026-11-29T03:00, true, PT3H",
    "2026-11-29T22:30, false, PT119H30M",
  })
  void aFreezeMayLastOverMidnight(String local, boolean active, Duration change) {
    Freeze freeze = only(NIGHT, local);

    assertThat(freeze.active()).isEqualTo(active);
    assertThat(active ? freeze.secondsLeft() : freeze.secondsUntil()).isEqualTo(change.toSeconds());
  }

  @ParameterizedTest(name = "{0}: frozen {1}, changes after {2}")
  @CsvSource({
    "2026-12-19T23:59, false, PT1M",
    "2026-12-20T00:00, true, P15D",
    "2027-01-03T23:59, true, PT1M",
    "2027-01-04T00:00, false, P366D",
  })
  void datesAreMeantWithAllOfTheirDay(String local, boolean active, Duration change) {
    Freeze freeze =
        only(
            "zone: Europe/Berlin\nfreezes: [{name: Christmas, since: 2026-12-20, until:"
                + " 2027-01-03}]",
            local);

    assertThat(freeze.active()).isEqualTo(active);
    assertThat(active ? freeze.secondsLeft() : freeze.secondsUntil()).isEqualTo(change.toSeconds());
  }

  @Test
  void timesCutDates() {
    String yaml =
        "freezes: [{name: sale, since: 2026-11-27T08:00, until: 2026-11-30T20:00, from: \"06:00\","
            + " to: \"22:00\"}]";

    assertThat(at(yaml, Instant.parse("2026-11-27T07:00:00Z")).secondsUntil()).isEqualTo(3_600);
    assertThat(at(yaml, Instant.parse("2026-11-28T21:00:00Z")).secondsLeft()).isEqualTo(3_600);
    assertThat(at(yaml, Instant.parse("2026-11-30T19:00:00Z")).secondsLeft()).isEqualTo(3_600);
    assertThat(at(yaml, Instant.parse("2026-11-30T20:00:00Z")).active()).isFalse();
  }

  @Test
  void aFreezeOverTheSpringChangeIsAnHourShorter() {
    // 2026-03-29 at 02:00 the clock goes to 03:00.
    Freeze freeze = only(NIGHT, "2026-03-28T22:00");

    assertThat(freeze.secondsLeft()).isEqualTo(Duration.ofHours(7).toSeconds());
  }

  @Test
  void aFreezeOverTheAutumnChangeIsAnHourLonger() {
    // 2026-10-25 at 03:00 the clock goes back to 02:00.
    Freeze freeze = only(NIGHT, "2026-10-24T22:00");

    assertThat(freeze.secondsLeft()).isEqualTo(Duration.ofHours(9).toSeconds());
  }

  @Test
  void aFreezeThatEndsInTheDoubledHourEndsWithItsSecondCopy() {
    String yaml =
        "zone: Europe/Berlin\nfreezes: [{name: f, days: Sun, from: \"01:00\", to: \"02:30\"}]";

    // 00:30 UTC is 02:30 summer time, 01:30 UTC is 02:30 winter time.
    assertThat(at(yaml, Instant.parse("2026-10-25T00:30:00Z")).secondsLeft()).isEqualTo(3_600);
    assertThat(at(yaml, Instant.parse("2026-10-25T01:30:00Z")).active()).isFalse();
  }

  @Test
  void aWindowThatEndsInTheDoubledHourEndsWithItsFirstCopy() {
    String yaml =
        "zone: Europe/Berlin\nwindows: [{name: w, days: Sun, from: \"01:00\", to: \"02:30\"}]";

    assertThat(at(yaml, Instant.parse("2026-10-25T00:29:00Z")).active()).isFalse();
    assertThat(at(yaml, Instant.parse("2026-10-25T00:30:00Z")).active()).isTrue();
  }

  @Test
  void aTimeThatIsSkippedComesAnHourLater() {
    String yaml =
        "zone: Europe/Berlin\nfreezes: [{name: f, days: Sun, from: \"02:30\", to: \"04:00\"}]";

    // 02:30 does not exist; 03:30 summer time is 01:30 UTC.
    assertThat(at(yaml, Instant.parse("2026-03-29T01:29:00Z")).active()).isFalse();
    assertThat(at(yaml, Instant.parse("2026-03-29T01:30:00Z")).secondsLeft()).isEqualTo(1_800);
  }

  @Test
  void windowsThatJoinAreOne() {
    String yaml =
        """
        windows:
        - {name: morning, from: "08:00", to: "12:00"}
        - {name: afternoon, from: "12:00", to: "18:00"}
        """;

    assertThat(at(yaml, Instant.parse("2026-11-23T09:00:00Z")).secondsUntil())
        .isEqualTo(Duration.ofHours(9).toSeconds());
  }

  @Test
  void aFreezeWithoutAnyLimitIsForEver() {
    Freeze freeze = at("freezes: [{name: stop}]", Instant.EPOCH);

    assertThat(freeze.active()).isTrue();
    assertThat(freeze.secondsLeft()).isEqualTo(ChangeCalendar.FAR.toSeconds());
  }

  @Test
  void windowsThatAreOverLeaveNoOpening() {
    Freeze freeze =
        at("windows: [{name: w, until: 2020-01-01}]", Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(freeze.active()).isTrue();
    assertThat(freeze.secondsLeft()).isEqualTo(ChangeCalendar.FAR.toSeconds());
  }

  @Test
  void anEntryMayConcernSomeNamespacesOnly() {
    ChangeCalendar calendar =
        ChangeCalendar.parse("freezes: [{name: f, namespaces: [shop, bank]}]");

    assertThat(calendar.at(Instant.EPOCH, "shop")).hasSize(1);
    assertThat(calendar.at(Instant.EPOCH, "test")).isEmpty();
  }

  @Test
  void anEmptyCalendarSaysNothing() {
    assertThat(ChangeCalendar.parse("{}").at(Instant.EPOCH, "test")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zone: Mars/Olympus | zone is 'Mars/Olympus'",
        "freezes: [{name: f, untill: 2026-01-01}] | 'f' has no field 'untill'",
        "freezes: [{name: f, from: \"9am\", to: \"17:00\"}] | from of 'f' is '9am'",
        "freezes: [{name: f, from: \"09:00\"}] | one of from and to",
        "freezes: [{name: f, since: 2026-13-01}] | since of 'f' is '2026-13-01'",
        "freezes: [{name: f, since: 2026-02-01, until: 2026-01-01}] | ends before it begins",
        "freezes: [{name: f, days: Funday}] | days of 'f' is 'Funday'",
        "freezes: {name: f} | freezes is no list",
        "freeze: [] | has no field 'freeze'",
        "`freezes: [` | is not YAML",
        "[] | is no map",
      })
  void whatIsNotUnderstoodIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> ChangeCalendar.parse(yaml))
        .isInstanceOf(CalendarException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fri-Mon", "[Fri, Sat, Sun, Mon]", "friday, sat-monday"})
  void daysAreWrittenInManyWays(String days) {
    Freeze freeze =
        only("zone: Europe/Berlin\nfreezes: [{days: " + quoted(days) + "}]", "2026-11-27T00:00");

    assertThat(freeze.secondsLeft()).isEqualTo(Duration.ofDays(4).toSeconds());
  }

  /** Whoever comes again when he is told to finds that it has changed, and not a second earlier. */
  @Property(tries = 300)
  void whatIsToldAboutTheFutureComesTrue(@ForAll @LongRange(min = 0, max = 40_000_000) long after) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(after);
    for (String yaml : new String[] {OFFICE, NIGHT}) {
      Freeze freeze = at(yaml, now);
      long change = freeze.active() ? freeze.secondsLeft() : freeze.secondsUntil();

      assertThat(at(yaml, now.plusSeconds(change)).active()).isNotEqualTo(freeze.active());
      assertThat(at(yaml, now.plusSeconds(change - 1)).active()).isEqualTo(freeze.active());
    }
  }

  private static String quoted(String days) {
    return days.startsWith("[") ? days : "\"" + days + "\"";
  }

  private static Freeze only(String yaml, String local) {
    return at(yaml, ZonedDateTime.of(java.time.LocalDateTime.parse(local), BERLIN).toInstant());
  }

  private static Freeze at(String yaml, Instant now) {
    return ChangeCalendar.parse(yaml).at(now, "test").getFirst();
  }
}
