package io.serin.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes numbers as Go's {@code %v} and {@code %.2f} do, so that messages are Flagger's. */
final class GoFormat {
  private static final int SMALLEST_PLAIN = -4;
  private static final int SMALLEST_SCIENTIFIC = 6;

  private GoFormat() {}

  /** Two decimals of the exact binary value, halves to even. */
  static String twoDecimals(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString()
        : special(value);
  }

  /** The shortest digits that read back as this value; {@code 1e+06} and above with exponent. */
  static String shortest(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (decimal.signum() == 0) {
      return "0";
    }
    return exponent < SMALLEST_PLAIN || exponent >= SMALLEST_SCIENTIFIC
        ? scientific(decimal, exponent)
        : decimal.toPlainString();
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    String mantissa = decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }
}
