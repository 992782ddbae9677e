package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A stored object may hold anything that some schema once let through. */
class LenientReadingTest {

  @Test
  void w26_aFractionIsCutOffAndSaid() {
    Canary canary = Yaml.analysing("stepWeight: 10.9\nthreshold: 2.5");

    assertThat(canary.analysis().stepWeight()).isEqualTo(10);
    assertThat(canary.analysis().threshold()).isEqualTo(2);
    assertThat(canary.problems())
        .containsExactlyInAnyOrder(
            "spec.analysis.stepWeight is 10.9: 10 is used; write a whole number",
            "spec.analysis.threshold is 2.5: 2 is used; write a whole number");
    assertThat(canary.findings()).noneMatch(Finding::isError);
  }

  @Test
  void aWholeNumberMayBeWrittenWithADecimalPoint() {
    Canary canary = Yaml.analysing("stepWeight: 10.0\nthreshold: 1e1");

    assertThat(canary.analysis().stepWeight()).isEqualTo(10);
    assertThat(canary.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          interval: 60                      | spec.analysis.interval is 60: it is ignored; write a text
          stepWeight: '10'                  | spec.analysis.stepWeight is "10": it is ignored; write a whole number
          stepWeight: 1e400                 | spec.analysis.stepWeight is "Infinity": it is ignored; write a whole number
          stepWeight: 9999999999            | spec.analysis.stepWeight is 9999999999: it is ignored; write a whole number up to 2147483647
          mirror: 'yes'                     | spec.analysis.mirror is "yes": it is ignored; write true or false
          stepWeights: 10                   | spec.analysis.stepWeights is 10: it is ignored; write a list
          stepWeights: [10, a]              | spec.analysis.stepWeights[1] is "a": it is ignored; write a whole number
          metrics: [7]                      | spec.analysis.metrics[0] is 7: it is ignored; write an object
          webhooks: [{metadata: {a: 1}}]    | spec.analysis.webhooks[0].metadata.a is 1: it is ignored; write a text
          webhooks: [{metadata: a}]         | spec.analysis.webhooks[0].metadata is "a": it is ignored; write a map
          metrics: [{name: request-duration, thresholdRange: {min: a}}] | spec.analysis.metrics[0].thresholdRange.min is "a": it is ignored; write a number
          sessionAffinity: on               | spec.analysis.sessionAffinity is "on": it is ignored; write an object
          """)
  void w26_aFieldOfTheWrongTypeIsLeftOutAndSaid(String field, String problem) {
    Canary canary = Yaml.analysing("threshold: 1\n" + field);

    assertThat(canary.problems()).containsExactly(problem);
  }

  @Test
  void nullsAndUnknownFieldsAreNoProblem() {
    Canary canary = Yaml.analysing("stepWeight: 10\nmaxWeight: null\nmatch: null\nfuture: {a: 1}");

    assertThat(canary.problems()).isEmpty();
    assertThat(canary.analysis().maxWeight()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{spec: 1, status: a}",
        "{metadata: 1}",
        "{spec: {targetRef: [], service: 2}}"
      })
  void anythingReadsAsACanary(String yaml) {
    assertThatNoException().isThrownBy(() -> Canary.of(Yaml.object(yaml)).validate());
  }

  @Property(tries = 500)
  void noBrokenFieldStopsTheReading(@ForAll long seed) {
    KubeObject object =
        Yaml.resource("/canaries/full.yaml").with(tree -> new Breaker(seed).damage(tree));

    Canary canary = Canary.of(object);

    assertThat(canary.validate()).allSatisfy(it -> assertThat(it.toString()).doesNotContain("\n"));
    assertThat(canary.crossNamespaceRefs()).isNotNull();
    assertThat(canary.status().toTree()).isNotNull();
  }

  @Test
  void templatesAndAlertProvidersAreReadTheSameWay() {
    MetricTemplate template =
        MetricTemplate.of(
            Yaml.object(
                "{metadata: {name: t}, spec: {query: up, provider: {type: prometheus, headers: {a:"
                    + " [b, 1]}}}}"));
    AlertProvider provider =
        AlertProvider.of(Yaml.object("{spec: {type: slack, channel: 5, address: http://a}}"));

    assertThat(template.spec().provider().headers()).containsEntry("a", List.of("b"));
    assertThat(template.problems())
        .containsExactly("spec.provider.headers.a[1] is 1: it is ignored; write a text");
    assertThat(provider.spec().channel()).isEqualTo("general");
    assertThat(provider.spec().username()).isEqualTo("flagger");
    assertThat(provider.problems()).hasSize(1);
  }

  /** Replaces a few nodes of a tree by others of any type. */
  private record Breaker(Random random) {
    private static final List<JsonNode> JUNK =
        List.of(
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.numberNode(-3.7),
            JsonNodeFactory.instance.numberNode(Double.POSITIVE_INFINITY),
            JsonNodeFactory.instance.numberNode(Long.MAX_VALUE),
            JsonNodeFactory.instance.stringNode("junk"),
            JsonNodeFactory.instance.booleanNode(true),
            JsonNodeFactory.instance.arrayNode().add(1),
            JsonNodeFactory.instance.objectNode().put("a", 1));

    Breaker(long seed) {
      this(new Random(seed));
    }

    void damage(ObjectNode node) {
      for (var entry : List.copyOf(node.properties())) {
        node.set(entry.getKey(), damaged(entry.getValue()));
      }
    }

    private JsonNode damaged(JsonNode node) {
      if (random.nextInt(10) == 0) {
        return JUNK.get(random.nextInt(JUNK.size()));
      }
      switch (node) {
        case ObjectNode object -> damage(object);
        case ArrayNode array -> {
          for (int i = 0; i < array.size(); i++) {
            array.set(i, damaged(array.get(i)));
          }
        }
        default -> {}
      }
      return node;
    }
  }
}
