package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigChecksumTest {

  /** The sums of what Go writes for these, for example {@code "a \u003c b \u0026 \"c\""}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {greeting: 'a < b & "c"'}                        | 9cf2f4ad4fb611a5
          {b: "line\\nend \\u2028 \\u0001 é", a: "1"}          | 475228a00d4abe02
          {}                                               | 44136fa355b3678a
          null                                             | 74234e98afe7498f
          """)
  void theChecksumOfDataIsFlaggers(String data, String checksum) {
    assertThat(ConfigChecksum.of(Yaml.object("data: " + data))).isEqualTo(checksum);
  }

  @Test
  void w20_binaryDataCounts() {
    KubeObject text = Yaml.object("data: {a: '1'}");
    KubeObject both = Yaml.object("{data: {a: '1'}, binaryData: {logo: iVBORw0=}}");

    assertThat(ConfigChecksum.of(both))
        .isEqualTo("b0c1362c11f3477e")
        .isNotEqualTo(ConfigChecksum.of(text));
  }

  @Test
  void aTrimmedObjectCarriesItsChecksum() {
    KubeObject trimmed = Yaml.object("metadata: {annotations: {serin.dev/checksum: abc}}");

    assertThat(ConfigChecksum.known(trimmed)).isEqualTo("abc");
  }
}
