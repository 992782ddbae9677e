package io.serin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "prometheus:9090", "ftp://host", "http://", "http:// a", "/path"})
  void whatIsNoHttpAddressIsRefusedWithTheNextStep(String address) {
    assertThatThrownBy(() -> Uris.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"" + address + "\" is no http or https URL; write for example http://host:9090");
  }

  @Test
  void aPasswordIsNeverShown() {
    assertThat(Uris.shown(Uris.parse("https://u:p@h:1/x?y=z")))
        .isEqualTo("https://u:xxxxx@h:1/x?y=z");
  }

  @Test
  void manyLinesBecomeOne() {
    assertThat(OneLine.of("  a\r\n\tb\u0000c ")).isEqualTo("a b c");
  }

  @Test
  void aLongTextIsCut() {
    assertThat(OneLine.of("x".repeat(10_000))).hasSize(501).endsWith("…");
  }
}
