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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class IstioRouterTest {
  private static final String API = "networking.istio.io/v1beta1";
  private static final ObjectRef ROUTE = new ObjectRef(API, "VirtualService", "web", "shop");
  private static final String EXAMPLE = "istio-progressive-mirror";
  private static final Split MIRROR = new Split(100, 0, true);

  private final Router router = Trees.router("istio");
  private final FakeWorld world = new FakeWorld();

  private KubeObject apply(Canary canary, Split split) {
    world.apply(router.desired(canary, split, world));
    return world.object(ROUTE);
  }

  private static Canary affinity(String service) {
    return Trees.canary(
        EXAMPLE,
        "{service: %s, analysis: {sessionAffinity: {cookieName: shop-canary}}}".formatted(service));
  }

  private static List<JsonNode> rules(KubeObject route) {
    return route.list("spec", "http");
  }

  private Observed observed(Canary canary) {
    return router.observe(canary, world);
  }

  @Test
  void pitfall10_fieldsThatSerinDoesNotKnowSurvive() {
    Canary canary = affinity("{}");
    apply(canary, Split.PRIMARY);
    world.edit(
        ROUTE,
        tree -> {
          ((ObjectNode) tree.path("spec")).putArray("exportTo").add(".");
          ((ObjectNode) tree.path("spec").path("http").path(0)).put("name", "main");
        });
    KubeObject route = apply(Trees.inRun(canary), Split.canary(10));
    assertThat(route.list("spec", "exportTo")).hasSize(1);
    assertThat(rules(route).getFirst().has("name")).isFalse();
    assertThat(rules(route).getLast().path("name").stringValue("")).isEqualTo("main");
  }

  @Test
  void aRuleThatRedirectsIsPutRight() {
    Canary canary = Trees.canary(EXAMPLE);
    KubeObject good = apply(canary, Split.canary(10));
    world.edit(
        ROUTE,
        tree ->
            ((ObjectNode) tree.path("spec").path("http").path(0))
                .putObject("directResponse")
                .put("status", 503));
    assertThat(apply(canary, Split.canary(10))).isEqualTo(good);
  }

  @Test
  void pitfall22_mirroringAndAffinityGoTogether() {
    Canary canary = Trees.afterRun(affinity("{}"));
    apply(canary, MIRROR);
    assertThat(observed(canary)).isEqualTo(new Observed.Routed(MIRROR));
    apply(Trees.inRun(canary), Split.canary(10));
    assertThat(observed(canary)).isEqualTo(new Observed.Routed(Split.canary(10)));
  }

  @Test
  void pitfall24_aChangedServiceIsAppliedAlthoughClientsArePinned() {
    Canary before = Trees.inRun(affinity("{match: [{uri: {prefix: /a}}]}"));
    Canary after = Trees.inRun(affinity("{match: [{uri: {prefix: /b}}], timeout: 9s}"));
    apply(before, Split.canary(10));
    List<JsonNode> rules = rules(apply(after, Split.canary(10)));
    assertThat(rules)
        .hasSize(2)
        .allMatch(rule -> rule.path("timeout").stringValue("").equals("9s"))
        .noneMatch(rule -> rule.toString().contains("/a"));
  }

  @Test
  void pitfall25_onlyClientsOfTheOldRunAreToldToForget() {
    Canary canary = Trees.afterRun(affinity("{headers: {response: {add: {x-served-by: shop}}}}"));
    List<JsonNode> rules = rules(apply(canary, Split.PRIMARY));
    assertThat(rules.getFirst().path("headers").path("response").path("add").propertyNames())
        .containsExactly("Set-Cookie", "x-served-by");
    assertThat(rules.getLast().path("headers").path("response").path("add").propertyNames())
        .containsExactly("x-served-by");
  }

  @Test
  void pitfall31_aSuffixIsRefused() {
    Canary canary =
        Trees.canary(
            EXAMPLE,
            "{analysis: {stepWeight: null, iterations: 5, match: [{headers: {h: {suffix: x}}}]}}");
    assertThat(router.problems(canary, world))
        .containsExactly(
            "spec.analysis.match[0].headers.h uses suffix, which Istio lacks; write regex \".*x\"");
    assertThat(router.desired(canary, Split.canary(100), world)).isEmpty();
  }

  @Test
  void queryParametersOfTheAudienceCountBesideServiceMatches() {
    Canary canary =
        Trees.canary(
            EXAMPLE,
            """
            service: {match: [{uri: {prefix: /a}}]}
            analysis: {stepWeight: null, iterations: 5, match: [{queryParams: {q: {exact: x}}}]}
            """);
    assertThat(rules(apply(canary, Split.canary(100))).getFirst().path("match").path(0))
        .isEqualTo(Trees.tree("{uri: {prefix: /a}, queryParams: {q: {exact: x}}}"));
  }

  @Test
  void aRefusedSpecCanStillBeTakenBack() {
    apply(Trees.canary(EXAMPLE), new Split(90, 10, true));
    Canary bad = Trees.canary(EXAMPLE, "{service: {delegation: true}}");
    assertThat(router.problems(bad, world)).singleElement().asString().contains("delegation");
    KubeObject before = world.object(ROUTE);
    assertThat(router.desired(bad, Split.canary(20), world)).containsExactly(before);
    apply(bad, Split.PRIMARY);
    assertThat(observed(bad)).isEqualTo(new Observed.Routed(Split.PRIMARY));
  }

  @Test
  void delegationClearsHostsAndGateways() {
    apply(Trees.canary(EXAMPLE), Split.PRIMARY);
    Canary canary =
        Trees.canary(EXAMPLE, "{service: {delegation: true, hosts: null, gateways: null}}");
    KubeObject route = apply(canary, Split.PRIMARY);
    assertThat(route.has("spec", "hosts")).isFalse();
    assertThat(route.has("spec", "gateways")).isFalse();
  }

  @Test
  void tcpKnowsWeightsOnly() {
    Canary canary = Trees.canary(EXAMPLE, "{service: {appProtocol: Tcp, match: [{port: 80}, {}]}}");
    assertThat(router.capabilities(canary)).containsExactly(Capability.WEIGHTS);
    KubeObject route = apply(canary, new Split(90, 10, true));
    assertThat(route.has("spec", "http")).isFalse();
    assertThat(route.list("spec", "tcp").getFirst().path("match"))
        .isEqualTo(Trees.YAML.readTree("[{port: 80}, {}]"));
    assertThat(observed(canary)).isEqualTo(new Observed.Routed(Split.canary(10)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{hosts: [a]}                    | [a, shop] | [istio-system/public]",
        "{hosts: ['*']}                  | ['*']     | [istio-system/public]",
        "{hosts: null, gateways: null}   | [shop]    | [mesh]",
        "{hosts: [shop], gateways: null} | [shop]    | [mesh]"
      })
  void hostsAndGatewaysHaveDefaults(String service, String hosts, String gateways) {
    KubeObject route = apply(Trees.canary(EXAMPLE, "{service: " + service + "}"), Split.PRIMARY);
    assertThat(route.at("spec", "hosts")).isEqualTo(Trees.YAML.readTree(hosts));
    assertThat(route.at("spec", "gateways")).isEqualTo(Trees.YAML.readTree(gateways));
  }

  @ParameterizedTest
  @CsvSource({
    "'{portDiscovery: true}', true",
    "'{portDiscovery: true, gateways: [mesh]}', false",
    "'{portDiscovery: true, gateways: null}', false",
    "'{portDiscovery: true, gateways: null, hosts: null, delegation: true}', true",
    "'{}', false"
  })
  void discoveredPortsNameTheDestinationsPort(String service, boolean named) {
    KubeObject route = apply(Trees.canary(EXAMPLE, "{service: " + service + "}"), Split.PRIMARY);
    JsonNode destination = rules(route).getFirst().path("route").path(0).path("destination");
    assertThat(destination.path("port").path("number").intValue(0)).isEqualTo(named ? 8080 : 0);
  }

  @Test
  void additionsToADestinationRuleSurvive() {
    ObjectRef ref = new ObjectRef(API, "DestinationRule", "web", "shop-primary");
    apply(Trees.canary(EXAMPLE), Split.PRIMARY);
    world.edit(ref, tree -> ((ObjectNode) tree.path("spec")).putArray("exportTo").add("."));
    apply(Trees.canary(EXAMPLE, "{service: {trafficPolicy: null}}"), Split.PRIMARY);
    assertThat(world.object(ref).at("spec"))
        .isEqualTo(Trees.tree("{host: shop-primary, exportTo: [.]}"));
  }

  @Test
  void weightsOfNothingAreMalformed() {
    Canary canary = Trees.canary(EXAMPLE);
    apply(canary, Split.PRIMARY);
    world.edit(
        ROUTE,
        tree ->
            ((ObjectNode) tree.path("spec").path("http").path(0).path("route").path(0))
                .put("weight", 0));
    assertThat(observed(canary)).isInstanceOf(Observed.Malformed.class);
  }
}
