package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "-0, PT0S",
    "5s, PT5S",
    "1m30s, PT1M30S",
    "90s, PT1M30S",
    "500ms, PT0.5S",
    "1.515s, PT1.515S",
    ".5s, PT0.5S",
    "1.s, PT1S",
    "-1.5h, PT-1H-30M",
    "+5s, PT5S",
    "1h, PT1H",
    "3h2m1s, PT3H2M1S",
    "1s1h, PT1H1S",
    "100us, PT0.0001S",
    "100\u00b5s, PT0.0001S",
    "100\u03bcs, PT0.0001S",
    "1ns, PT0.000000001S",
    "1.9ns, PT0.000000001S",
    "0.100000000000000000000h, PT6M",
    "9223372036854775807ns, PT2562047H47M16.854775807S",
    "-9223372036854775808ns, PT-2562047H-47M-16.854775808S",
  })
  void readsWhatGoReads(String text, Duration expected) {
    assertThat(GoDuration.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "5",
        "1",
        ".",
        ".s",
        "s",
        "1 s",
        " 1s",
        "1s ",
        "1d",
        "1m30",
        "--1s",
        "+-1s",
        "1S",
        "1e3s",
        "1,5s",
        "9223372036854775808ns",
        "-9223372036854775809ns",
        "3000000h",
        "1m-5s"
      })
  void refusesWhatGoRefuses(String text) {
    assertThat(GoDuration.tryParse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse(text))
        .withMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.000000001S, 1ns",
    "PT0.0000011S, 1.1\u00b5s",
    "PT0.0022S, 2.2ms",
    "PT0.5S, 500ms",
    "PT3.3S, 3.3s",
    "PT1.515S, 1.515s",
    "PT10S, 10s",
    "PT1M, 1m0s",
    "PT1M30S, 1m30s",
    "PT4M5.001S, 4m5.001s",
    "PT1H, 1h0m0s",
    "PT5H6M7.001S, 5h6m7.001s",
    "PT-1M-30S, -1m30s",
    "PT2562047H47M16.854775807S, 2562047h47m16.854775807s",
  })
  void writesAsGoDoes(Duration duration, String expected) {
    assertThat(GoDuration.format(duration)).isEqualTo(expected);
  }

  @Property
  void whatWasWrittenReadsTheSame(@ForAll long nanos) {
    Duration duration = Duration.ofNanos(nanos);

    assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
  }

  @Property
  void neverThrowsOnAnyText(@ForAll String text) {
    assertThat(GoDuration.tryParse(text)).isNotNull();
  }
}
