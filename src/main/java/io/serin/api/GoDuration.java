package io.serin.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: {@code 1m30s}, {@code 500ms}, {@code 1.5h}. Range: about 292 years
 * either way, in nanoseconds. See <a
 * href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>.
 */
public final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private GoDuration() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when Go would refuse the text
   */
  public static Duration parse(String text) {
    return tryParse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + text + "\" is no duration; write for example 30s, 1m30s or 500ms"));
  }

  /** Reads a duration, empty when Go would refuse the text. */
  public static Optional<Duration> tryParse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    return rest.isEmpty() ? Optional.empty() : sum(rest).flatMap(sum -> signed(sum, negative));
  }

  /** Writes a duration as Go does, for example {@code 1h0m0s}; zero is {@code 0s}. */
  public static String format(Duration duration) {
    BigInteger nanos = nanos(duration);
    if (nanos.signum() == 0) {
      return "0s";
    }
    String sign = nanos.signum() < 0 ? "-" : "";
    return sign + unsigned(nanos.abs());
  }

  private static Optional<BigInteger> sum(String parts) {
    Matcher matcher = PART.matcher(parts);
    BigInteger sum = BigInteger.ZERO;
    while (matcher.lookingAt()) {
      BigDecimal unit = BigDecimal.valueOf(unitNanos(matcher.group(2)));
      sum = sum.add(decimal(matcher.group(1)).multiply(unit).toBigInteger());
      if (matcher.end() == parts.length()) {
        return Optional.of(sum);
      }
      matcher.region(matcher.end(), parts.length());
    }
    return Optional.empty();
  }

  private static BigDecimal decimal(String digits) {
    return new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
  }

  private static Optional<Duration> signed(BigInteger sum, boolean negative) {
    BigInteger nanos = negative ? sum.negate() : sum;
    boolean fits = nanos.compareTo(MAX) <= 0 && nanos.compareTo(MIN) >= 0;
    return fits ? Optional.of(Duration.ofNanos(nanos.longValueExact())) : Optional.empty();
  }

  private static long unitNanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "ms" -> MILLI;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3600 * SECOND;
      default -> MICRO;
    };
  }

  private static String unsigned(BigInteger nanos) {
    if (nanos.compareTo(BigInteger.valueOf(SECOND)) < 0) {
      return belowOneSecond(nanos.longValueExact());
    }
    BigInteger[] minutesAndRest = nanos.divideAndRemainder(BigInteger.valueOf(60 * SECOND));
    long minutes = minutesAndRest[0].longValueExact();
    String seconds = scaled(minutesAndRest[1].longValueExact(), SECOND) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return minutes < 60
        ? minutes + "m" + seconds
        : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }

  private static String belowOneSecond(long nanos) {
    if (nanos < MICRO) {
      return nanos + "ns";
    }
    return nanos < MILLI ? scaled(nanos, MICRO) + "\u00b5s" : scaled(nanos, MILLI) + "ms";
  }

  private static String scaled(long nanos, long unit) {
    return BigDecimal.valueOf(nanos)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static BigInteger nanos(Duration duration) {
    return BigInteger.valueOf(duration.getSeconds())
        .multiply(BigInteger.valueOf(SECOND))
        .add(BigInteger.valueOf(duration.getNano()));
  }
}
