package io.serin.rollout;

import static io.serin.rollout.PolicyRun.eventually;
import static io.serin.rollout.PolicyTexts.in;
import static io.serin.rollout.PolicyTexts.policy;
import static io.serin.rollout.PolicyTexts.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.policy.ShadowDecision;
import io.serin.testing.RealCluster;
import org.junit.jupiter.api.Test;

/** What shadow policies and settings do. */
@RealCluster
class PolicyEffectsIT extends PolicyProcessTests {

  @Test
  void aShadowPolicyIsCountedAndExplainedAndDecidesOnceItIsEnforced() {
    try (LiveNamespace shop = run.serving("shop")) {
      KubeObject policy = policy(shop, rule("version one"));

      policies.apply(in("Shadow", policy));

      eventually(() -> assertThat(run.tick(shop).shadows()).hasSize(1));
      ShadowDecision shadow = run.tick(shop).shadows().getFirst();
      assertThat(shadow.agreement()).isEqualTo(ShadowDecision.Agreement.DISAGREES);
      assertThat(shadow.rule()).isEqualTo("the shop waits");
      assertThat(run.tick(shop).policy()).isEqualTo(DEFAULT);
      assertThat(run.get("/api/v1/canaries/" + shop.namespace + "/podinfo/explanation"))
          .contains("\"name\" : \"" + policy.name() + "\"", "\"agreement\" : \"DISAGREES\"");
      eventually(
          () ->
              assertThat(run.get("/metrics"))
                  .contains(
                      "serin_policy_disagreements_total{name=\"podinfo\",namespace=\"%s\",policy=\"%s\"} %d.0\n"
                          .formatted(shop.namespace, policy.name(), disagreements(shop))));

      policies.apply(in("Enforce", policy));

      decides(shop, "version one");
      assertThat(run.tick(shop).shadows()).isEmpty();
    }
  }

  @Test
  void aSettingWithinItsBoundsCountsAndOneBeyondThemHolds() {
    try (LiveNamespace shop = run.serving("shop")) {
      String limited =
          rule("limit reached")
              .replace("then", "    Setting( name == \"shop.limit\", number > 3 )\nthen");
      policies.apply(
          policy(shop, limited)
              .with(
                  tree ->
                      tree.withObject("spec")
                          .withArray("settings")
                          .add(
                              Scenario.yaml("{name: shop.limit, number: 5, min: 1, max: 10}")
                                  .tree())));
      decides(shop, "limit reached");

      annotate(shop, "serin.dev/settings", "shop.limit=2");
      decided(shop, "idle");

      annotate(shop, "serin.dev/settings", "shop.limit=50");
      eventually(
          () ->
              assertBlocked(
                  shop, "InvalidSetting", "annotation serin.dev/settings: shop.limit is 50"));
      decided(shop, "hold");

      annotate(shop, "serin.dev/settings", "shop.limit=3");
      eventually(() -> assertThat(blocked(shop)).isEmpty());
      decided(shop, "idle");
    }
  }

  @Test
  void aSettingOfAShadowPolicyAloneIsForTheShadowAndHoldsNothing() {
    try (LiveNamespace shop = run.serving("shop")) {
      String limited =
          rule("limit reached")
              .replace("then", "    Setting( name == \"next.limit\", number > 3 )\nthen");
      KubeObject next =
          in("Shadow", policy(shop, limited))
              .with(
                  tree ->
                      tree.withObject("spec")
                          .withArray("settings")
                          .add(Scenario.yaml("{name: next.limit, number: 2, max: 10}").tree()));
      annotate(shop, "serin.dev/settings", "next.limit=5");
      eventually(() -> assertBlocked(shop, "InvalidSetting", "'next.limit' is no setting"));

      policies.apply(next);

      eventually(() -> assertThat(blocked(shop)).isEmpty());
      decided(shop, "idle");
      assertThat(run.tick(shop).policy()).isEqualTo(DEFAULT);
      eventually(
          () ->
              assertThat(run.tick(shop).shadows())
                  .singleElement()
                  .satisfies(
                      shadow -> assertThat(shadow.verdict().reason()).isEqualTo("limit reached")));

      annotate(shop, "serin.dev/settings", "next.limit=5, nobodys=1");
      eventually(() -> assertBlocked(shop, "InvalidSetting", "'nobodys' is no setting"));
    }
  }

  private static long disagreements(LiveNamespace shop) {
    return run.ticks(shop).stream()
        .flatMap(tick -> tick.shadows().stream())
        .filter(shadow -> shadow.agreement() == ShadowDecision.Agreement.DISAGREES)
        .count();
  }
}
