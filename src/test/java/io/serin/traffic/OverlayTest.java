package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OverlayTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: 1, b: 2}           | {a: 3}                 | {a: 3, b: 2}",
        "{a: 1, b: 2}           | {b: null}              | {a: 1}",
        "{a: {x: 1, y: 2}}      | {a: {x: 3}}            | {a: {x: 3, y: 2}}",
        "{a: [{x: 1}, {x: 2}]}  | {a: [{y: 3}]}          | {a: [{x: 1, y: 3}]}",
        "{a: [{x: 1}]}          | {a: [{y: 1}, {y: 2}]}  | {a: [{x: 1, y: 1}, {y: 2}]}",
        "[{name: a, x: 1}]      | [{name: b}]            | [{name: b}]",
        "[{type: a, x: 1}]      | [{type: a, y: null}]   | [{type: a, x: 1}]",
        "{a: text}              | {a: {x: {y: null}}}    | {a: {x: {}}}",
        "text                   | {a: 1}                 | {a: 1}",
        "{a: [1, 2]}            | {a: []}                | {a: []}",
      })
  void deepGoesDownIntoObjectsAndLists(String observed, String wanted, String result) {
    assertThat(Overlay.deep(yaml(observed), yaml(wanted))).isEqualTo(yaml(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: {x: 1, y: 2}, b: 1} | {a: {x: 3, z: null}} | {a: {x: 3}, b: 1}",
        "{a: 1, b: 2}            | {b: null}            | {a: 1}",
      })
  void shallowReplacesWhatIsWanted(String observed, String wanted, String result) {
    assertThat(Overlay.shallow(yaml(observed), Trees.tree(wanted))).isEqualTo(yaml(result));
  }

  private static JsonNode yaml(String text) {
    return Trees.YAML.readTree(text);
  }
}
