package io.serin.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How long to wait before the next attempt: 1 s, 2 s, 4 s and so on, or what the server asks for;
 * never more than 30 s.
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int DOUBLINGS = 5;

  private final InstantSource clock;

  BackOff(InstantSource clock) {
    this.clock = clock;
  }

  /** The pause after this failed attempt, counted from 0, that got no answer. */
  Duration after(int attempt) {
    return atMostLongest(FIRST.multipliedBy(1L << Math.min(attempt, DOUBLINGS)));
  }

  /** The pause after this failed attempt, counted from 0. */
  Duration after(int attempt, HttpAnswer answer) {
    boolean mayAsk = answer.status() == 429 || answer.status() == 503;
    String wish = mayAsk ? answer.header("Retry-After").strip() : "";
    return seconds(wish).or(() -> date(wish)).orElseGet(() -> after(attempt));
  }

  private static Optional<Duration> seconds(String wish) {
    boolean number = !wish.isEmpty() && wish.length() < 10 && wish.chars().allMatch(BackOff::digit);
    return number
        ? Optional.of(atMostLongest(Duration.ofSeconds(Long.parseLong(wish))))
        : Optional.empty();
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private Optional<Duration> date(String wish) {
    try {
      Instant at = ZonedDateTime.parse(wish, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : atMostLongest(wait));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Duration atMostLongest(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
