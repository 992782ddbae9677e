package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DifferenceTest {
  private static final String NAME = "\"metadata\":{\"name\":\"web\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # observed metadata                    | desired metadata              | patch of metadata
          {"resourceVersion":"1","generation":1} | {"generation":2}              | {}
          {"uid":"a","managedFields":[]}         | {}                            | {}
          {"annotations":{"a":"1","b":"2"}}      | {"annotations":{"a":"1"}}     | {"annotations":{"b":null}}
          {"annotations":{"a":"1"}}              | {}                            | {"annotations":{"a":null}}
          {"annotations":{"serin.dev/checksum":"1"}} | {}                        | {}
          {}       | {"annotations":{"serin.dev/checksum":"1"}}                  | {}
          {"labels":{"a":"1"}}                   | {}                            | {"labels":null}
          """)
  void onlyWhatIsTheWritersToSayIsWritten(String observed, String desired, String patch) {
    ObjectNode difference = Difference.between(withMetadata(observed), withMetadata(desired));

    assertThat(
            difference.path("metadata").isMissingNode() ? json("{}") : difference.at("/metadata"))
        .isEqualTo(json(patch));
  }

  @Test
  void theStatusIsLeftOut() {
    KubeObject observed = new KubeObject(json("{%s,\"status\":{\"a\":1}}".formatted(NAME)));
    KubeObject desired = new KubeObject(json("{%s,\"status\":{\"a\":2}}".formatted(NAME)));

    assertThat(Difference.between(observed, desired).isEmpty()).isTrue();
    assertThat(Difference.fromNothing(desired)).isEqualTo(json("{%s}".formatted(NAME)));
  }

  @Test
  void neitherSideIsChanged() {
    KubeObject observed = withMetadata("{\"annotations\":{\"a\":\"1\",\"b\":\"2\"}}");
    KubeObject desired =
        withMetadata("{\"annotations\":{\"c\":\"3\",\"serin.dev/checksum\":\"x\"}}");
    String before = observed.toString() + desired;

    Difference.between(observed, desired);

    assertThat(observed.toString() + desired).isEqualTo(before);
  }

  private static KubeObject withMetadata(String metadata) {
    return new KubeObject(json("{\"metadata\":%s}".formatted(metadata)));
  }

  private static ObjectNode json(String json) {
    return JsonMapper.shared().readTree(json).asObject();
  }
}
