package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFormatTest {

  @ParameterizedTest
  @CsvSource({
    "99, 99",
    "99.5, 99.5",
    "0, 0",
    "-1.25, -1.25",
    "100000, 100000",
    "999999, 999999",
    "1000000, 1e+06",
    "1234567, 1.234567e+06",
    "1e100, 1e+100",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "0.1, 0.1",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "NaN, NaN"
  })
  void theShortestForm(double value, String text) {
    assertThat(GoFormat.shortest(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "98.694, 98.69",
    "12.3, 12.30",
    "0.125, 0.12",
    "0.375, 0.38",
    "2.675, 2.67",
    "1e21, 1000000000000000000000.00",
    "Infinity, +Inf"
  })
  void twoDecimals(double value, String text) {
    assertThat(GoFormat.twoDecimals(value)).isEqualTo(text);
  }
}
