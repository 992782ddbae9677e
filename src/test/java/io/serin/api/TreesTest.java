package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreesTest {
  private final KubeObject full = Yaml.resource("/canaries/full.yaml");
  private final ServiceSpec service = Canary.of(full).spec().service();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "match",
        "rewrite",
        "retries",
        "headers",
        "corsPolicy",
        "apex",
        "trafficPolicy",
        "targetPort"
      })
  void aPartOfTheServiceIsWrittenAsItWasRead(String field) {
    assertThat(Trees.of(service).path(field)).isEqualTo(full.at("spec", "service", field));
  }

  @Test
  void aListIsWrittenElementByElement() {
    assertThat(Trees.of(service.match())).isEqualTo(full.at("spec", "service", "match"));
  }

  @Test
  void whatHasNoJsonFormIsRefused() {
    record Odd(Duration duration) {}

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trees.of(new Odd(Duration.ZERO)))
        .withMessage("no JSON form for a Duration");
  }
}
