package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.AutoscalerRef;
import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Problem;
import io.serin.testing.FakeWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class HpaScalerTest {
  private final Scaler scaler = new HpaScaler();
  private final Canary canary = Samples.richCanary();
  private final KubeObject hpa = Samples.object("hpa");

  @Test
  void thePrimarysAutoscalerScalesThePrimary() {
    KubeObject primary = scaler.primary(canary, hpa, null);

    assertThat(Samples.yaml(List.of(primary)))
        .isEqualTo(Samples.golden("hpa-primary", List.of(primary)));
  }

  @Test
  void boundsAndMetricsFollowTheTargetsAtPromotion() {
    KubeObject changed =
        hpa.with(
            tree -> {
              ObjectNode spec = (ObjectNode) tree.path("spec");
              spec.put("maxReplicas", 20);
              spec.remove("behavior");
            });

    KubeObject primary = scaler.primary(canary, changed, scaler.primary(canary, hpa, null));

    assertThat(primary.number(0, "spec", "maxReplicas")).isEqualTo(20);
    assertThat(primary.number(0, "spec", "minReplicas")).isEqualTo(4);
    assertThat(primary.has("spec", "behavior")).isFalse();
  }

  @Test
  void w24_labelsAndAnnotationsFollowTheTargetsOnce() {
    KubeObject relabelled =
        hpa.with(
            tree -> ((ObjectNode) tree.at("/metadata/labels")).removeAll().put("team", "search"));

    KubeObject primary = scaler.primary(canary, relabelled, scaler.primary(canary, hpa, null));

    assertThat(primary.labels()).containsOnly(Map.entry("team", "search"));
    assertThat(primary.annotations()).containsOnlyKeys("docs.example.com/page");
    assertThat(scaler.primary(canary, relabelled, primary)).isEqualTo(primary);
  }

  @Test
  void aMissingAutoscalerIsAProblem() {
    assertThat(scaler.problems(canary, FakeWorld.of(hpa))).isEmpty();
    assertThat(scaler.problems(canary, FakeWorld.of()))
        .containsExactly(
            new Problem(
                Problem.Kind.MISSING,
                "HorizontalPodAutoscaler podinfo-scaler.default get query error: not found; create"
                    + " it or correct spec.autoscalerRef"));
  }

  @Test
  void aTargetStartsWithTheAutoscalersMinimum() {
    assertThat(scaler.minimum(hpa)).isEqualTo(2);
    assertThat(scaler.minimum(Samples.parse("spec: {minReplicas: 0}"))).isEqualTo(1);
    assertThat(scaler.minimum(null)).isEqualTo(1);
  }

  @Test
  void anUnknownKindOfAutoscalerIsNamed() {
    AutoscalerRef ref = new AutoscalerRef("", "VerticalPodAutoscaler", "a", Map.of(), null);

    assertThat(Scalers.of(ref)).isEmpty();
    assertThat(Scalers.unknown(ref).message()).contains("VerticalPodAutoscaler");
  }
}
