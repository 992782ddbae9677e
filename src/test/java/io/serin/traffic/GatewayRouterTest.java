package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.testing.FakeWorld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class GatewayRouterTest {
  private static final ObjectRef ROUTE =
      new ObjectRef("gateway.networking.k8s.io/v1", "HTTPRoute", "web", "shop");
  private static final String PROGRESSIVE = "gatewayapi-progressive";
  private static final String AB = "gatewayapi-ab-testing";
  private static final String AFFINITY = "gatewayapi-session-affinity";

  private final Router router = Trees.router("gatewayapi:v1");
  private final FakeWorld world = new FakeWorld(ApiServerDefaults::httpRoute);

  private KubeObject apply(Canary canary, Split split) {
    world.apply(router.desired(canary, split, world));
    return world.object(ROUTE);
  }

  private static List<JsonNode> rules(KubeObject route) {
    return route.list("spec", "rules");
  }

  private Split observed(Canary canary) {
    assertThat(router.observe(canary, world)).isInstanceOf(Observed.Routed.class);
    return ((Observed.Routed) router.observe(canary, world)).split();
  }

  @Test
  void pitfall4_theOrderOfHeadersDoesNotMatter() {
    Canary one =
        Trees.canary(AB, "{service: {match: [{headers: {b: {exact: x}, a: {exact: y}}}]}}");
    Canary other =
        Trees.canary(AB, "{service: {match: [{headers: {a: {exact: y}, b: {exact: x}}}]}}");
    assertThat(router.desired(one, Split.PRIMARY, world))
        .isEqualTo(router.desired(other, Split.PRIMARY, world));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{match: [{method: {exact: GET}}]}",
        "{corsPolicy: {allowOrigin: ['*'], maxAge: 1d}}",
        "{mirror: [{backendRef: {name: audit, port: 80}}]}"
      })
  void pitfall9_defaultsOfTheApiServerAreNoDifference(String service) {
    Canary canary = Trees.canary(PROGRESSIVE, "{service: " + service + "}");
    KubeObject stored = apply(canary, Split.canary(10));
    assertThat(router.desired(canary, Split.canary(10), world)).containsExactly(stored);
  }

  @Test
  void pitfall10_fieldsThatSerinDoesNotKnowSurvive() {
    Canary canary = Trees.canary(AFFINITY);
    apply(canary, Split.PRIMARY);
    world.edit(
        ROUTE,
        tree -> {
          ((ObjectNode) tree.path("spec")).put("useDefaultGateways", "All");
          ((ObjectNode) tree.path("spec").path("rules").path(0)).put("name", "main");
        });
    JsonNode last = rules(apply(Trees.inRun(canary), Split.canary(10))).getLast();
    assertThat(last.path("name").stringValue("")).isEqualTo("main");
    KubeObject back = apply(Trees.afterRun(canary), Split.PRIMARY);
    assertThat(rules(back).getLast().path("name").stringValue("")).isEqualTo("main");
    assertThat(rules(back).getFirst().has("name")).isFalse();
    assertThat(back.text("", "spec", "useDefaultGateways")).isEqualTo("All");
  }

  @Test
  void pitfall21_aProgressiveRunMirrorsTheShareThatIsWanted() {
    Canary canary = Trees.canary(PROGRESSIVE);
    Split mirror = new Split(100, 0, true);
    JsonNode filters = rules(apply(canary, mirror)).getFirst().path("filters");
    assertThat(filters.path(0).path("requestMirror").path("percent").intValue()).isEqualTo(25);
    assertThat(observed(canary)).isEqualTo(mirror);
    apply(canary, Split.canary(10));
    assertThat(observed(canary)).isEqualTo(Split.canary(10));
  }

  @Test
  void somebodyElsesMirrorIsNotTheCanarys() {
    Canary canary =
        Trees.canary(PROGRESSIVE, "{service: {mirror: [{backendRef: {name: audit, port: 80}}]}}");
    apply(canary, Split.PRIMARY);
    assertThat(observed(canary).mirrored()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{headers: {x-canary: {exact: null, prefix: in}}}",
        "{headers: {x-canary: {exact: null, suffix: er}}}",
        "{queryParams: {q: {prefix: x}}}",
        "{sourceLabels: {app: other}}",
        "{headers: null}"
      })
  void pitfall23_aConditionThatTheApiLacksIsRefusedAndMovesNoTraffic(String match) {
    Canary good = Trees.canary(AB);
    KubeObject before = apply(good, Split.canary(100));
    Canary bad = Trees.canary(AB, "{analysis: {match: [" + match + "]}}");
    assertThat(router.problems(bad, world))
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("spec.analysis.match[0]"));
    assertThat(router.desired(bad, Split.canary(100), world)).containsExactly(before);
    assertThat(router.desired(bad, Split.canary(100), new FakeWorld())).isEmpty();
  }

  @Test
  void aRefusedSpecCanStillBeTakenBack() {
    Canary good = Trees.canary(PROGRESSIVE);
    apply(good, new Split(90, 10, true));
    Canary bad = Trees.canary(PROGRESSIVE, "{service: {gatewayRefs: null}}");
    KubeObject back = apply(bad, Split.PRIMARY);
    assertThat(observed(good)).isEqualTo(Split.PRIMARY);
    assertThat(rules(back).getFirst().has("filters")).isFalse();
    assertThat(back.list("spec", "parentRefs")).hasSize(1);
  }

  @Test
  void pitfall26_theDeletionIsMergedIntoTheOneResponseFilter() {
    KubeObject route = apply(Trees.afterRun(Trees.canary(AFFINITY)), Split.PRIMARY);
    JsonNode filters = rules(route).getFirst().path("filters");
    assertThat(filters.size()).isEqualTo(1);
    assertThat(
            filters.path(0).path("responseHeaderModifier").path("add").findValuesAsString("name"))
        .containsExactly("Set-Cookie", "x-served-by");
    assertThat(rules(route).getLast().path("filters").findValuesAsString("name"))
        .containsExactly("x-served-by");
  }

  @Test
  void pitfall27_aReplacedPrefixGetsOneRulePerMatch() {
    Canary canary = Trees.canary(AB, "{service: {rewrite: {uri: /, type: ReplacePrefixMatch}}}");
    KubeObject route = apply(canary, Split.canary(100));
    assertThat(rules(route)).hasSize(6).allMatch(rule -> rule.path("matches").size() == 1);
    assertThat(observed(canary)).isEqualTo(Split.canary(100));
  }

  @Test
  void pitfall27_aReplacedPrefixNeedsAPrefix() {
    Canary canary =
        Trees.canary(
            PROGRESSIVE,
            "{service: {match: [{uri: {exact: /a}}], rewrite: {uri: /, type:"
                + " ReplacePrefixMatch}}}");
    assertThat(router.problems(canary, world))
        .singleElement()
        .asString()
        .contains("ReplaceFullPath");
  }

  @Test
  void pitfall29_aNamelessPrimaryCookieIsNotUsed() {
    Canary canary =
        Trees.with(
            Trees.inRun(Trees.canary(AFFINITY)),
            status -> status.primarySessionAffinityCookie("=AsDfGhJkLz"));
    KubeObject route = apply(canary, Split.canary(10));
    assertThat(rules(route)).hasSize(2);
    assertThat(route.tree().toString()).doesNotContain("AsDfGhJkLz");
  }

  @Test
  void withoutACookieInTheStatusNobodyIsPinned() {
    assertThat(rules(apply(Trees.canary(AFFINITY), Split.canary(10)))).hasSize(1);
  }

  @Test
  void theCookieIsAskedForBesideTheServicesOwnHeaders() {
    Canary canary = Trees.canary(AFFINITY, "{service: {match: [{headers: {tenant: {exact: a}}}]}}");
    JsonNode sticky = rules(apply(Trees.inRun(canary), Split.canary(10))).getFirst();
    assertThat(sticky.path("matches").path(0).path("headers").findValuesAsString("name"))
        .containsExactly("Cookie", "tenant");
  }

  @Test
  void aMissingGatewayIsAProblem() {
    Canary canary = Trees.canary(PROGRESSIVE, "{service: {gatewayRefs: null}}");
    assertThat(router.problems(canary, world))
        .containsExactly(
            "spec.service.gatewayRefs is empty; write the Gateway that the route belongs to");
  }

  @ParameterizedTest
  @CsvSource({"{timeout: 1.5s}", "'{timeout: 1s, backendTimeout: 2s}'", "{timeout: soon}"})
  void aTimeoutThatTheApiRefusesIsAProblem(String service) {
    Canary canary = Trees.canary(PROGRESSIVE, "{service: " + service + "}");
    assertThat(router.problems(canary, world)).hasSize(1);
    assertThat(Trees.router("gatewayapi:v1beta1").problems(canary, world)).isEmpty();
  }

  @Test
  void moreMatchesThanARuleHoldsAreAProblem() {
    String nine = "[" + "{uri: {prefix: /a}},".repeat(33) + "{uri: {prefix: /b}}]";
    Canary canary = Trees.canary(AB, "{service: {match: " + nine + "}}");
    assertThat(router.problems(canary, world)).singleElement().asString().contains("68 matches");
  }

  @ParameterizedTest
  @CsvSource({
    "True, 2, public, true",
    "True, 1, public, false",
    "False, 2, public, false",
    "Unknown, 2, public, false",
    "'', 2, public, false",
    "False, 2, another, true"
  })
  void aParentMustHaveAcceptedTheCurrentGeneration(
      String status, int generation, String parent, boolean ready) {
    Canary canary = Trees.canary(PROGRESSIVE);
    apply(canary, Split.canary(10));
    String condition =
        status.isEmpty()
            ? "{type: Other, status: 'True'}"
            : "{type: Accepted, status: '%s', observedGeneration: %d}"
                .formatted(status, generation);
    world.edit(ROUTE, tree -> accept(tree, parent, condition));
    Observed observed = router.observe(canary, world);
    if (ready) {
      assertThat(observed).isEqualTo(new Observed.Routed(Split.canary(10)));
    } else {
      assertThat(observed)
          .isInstanceOfSatisfying(
              Observed.Pending.class,
              pending -> assertThat(pending.split()).isEqualTo(Split.canary(10)));
    }
  }

  private static void accept(ObjectNode tree, String parent, String condition) {
    Json.child(tree, "metadata").put("generation", 2);
    String ref = "{group: gateway.networking.k8s.io, kind: Gateway, namespace: infra, name: %s}";
    tree.set(
        "status",
        Trees.tree(
            "{parents: [{parentRef: %s, conditions: [%s]}]}"
                .formatted(ref.formatted(parent), condition)));
  }

  @Test
  void weightsThatDoNotAddUpToAHundredAreShares() {
    Canary canary = Trees.canary(PROGRESSIVE);
    apply(canary, Split.PRIMARY);
    world.edit(
        ROUTE,
        tree ->
            tree.path("spec")
                .path("rules")
                .path(0)
                .path("backendRefs")
                .forEach(backend -> ((ObjectNode) backend).put("weight", 7)));
    assertThat(observed(canary)).isEqualTo(Split.canary(50));
  }
}
