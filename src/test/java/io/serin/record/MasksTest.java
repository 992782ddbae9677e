package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.rollout.Because;
import io.serin.rollout.TickRecord;
import io.serin.rollout.Told;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET http://user:hunter2@prom/api failed | GET http://user:***@prom/api failed
          Authorization: Bearer abcdefgh12345678  | Authorization: Bearer ***
          sent token=abc123 to the gate           | sent token=*** to the gate
          {"api_key":"abc123","ok":true}          | {"api_key":"***","ok":true}
          password: hunter2                       | password: ***
          https://x/y?access_key=abc&z=1          | https://x/y?access_key=***&z=1
          jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.sig-x | jwt ***
          ghp_abcdefghijklmnop is denied          | *** is denied
          hooks.slack.com/services/T0/B0/xyz      | hooks.slack.com/services/***
          key 4fGh7Jk2LmN8pQr5StU9vWx3YzA6bCd1    | key ***
          """)
  void whatLooksLikeASecretIsMasked(String text, String masked) {
    assertThat(Masks.DEFAULT.apply(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "success-rate is 97.2, wanted >= 99.0",
        "deployment checkout-service-primary-of-the-european-west not ready: 1 of 2 available",
        "image sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "no basic problem, waiting for approval",
        "histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket[1m])) by (le))"
      })
  void ordinaryTextsStay(String text) {
    assertThat(Masks.DEFAULT.apply(text)).isEqualTo(text);
  }

  @Test
  void ownPatternsAreAdded() {
    assertThat(Masks.DEFAULT.and("acme-\\d+").apply("order acme-17, token=abc"))
        .isEqualTo("order ***, token=***");
  }

  @Test
  void whatIsToldIsMaskedWithItsReason() {
    TickRecord tick =
        Samples.with(
            new Samples(1).tick(),
            "told",
            List.of(
                new Told(true, "Halted", "token=abc123", false, new Because("r", "token=abc123"))));

    String line = new TickLines(Masks.DEFAULT).write(tick).orElseThrow();

    assertThat(line).doesNotContain("abc123").contains("\"line\":\"token=***\"");
  }

  @Test
  void longTextsAreCut() {
    assertThat(Masks.NONE.apply("x".repeat(1_000_000))).hasSize(Masks.LONGEST_TEXT + 1);
  }
}
