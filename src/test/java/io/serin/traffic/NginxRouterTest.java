package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.testing.FakeWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class NginxRouterTest {
  private static final String P = "nginx.ingress.kubernetes.io/";
  private static final String PROGRESSIVE = "nginx-progressive";
  private static final String AB = "nginx-ab-testing";
  private static final ObjectRef SOURCE =
      new ObjectRef("networking.k8s.io/v1", "Ingress", "web", "shop");
  private static final ObjectRef TARGET =
      new ObjectRef("networking.k8s.io/v1", "Ingress", "web", "shop-canary");

  private final Router router = Trees.router("nginx");
  private final FakeWorld world = new FakeWorld().apply(Trees.resource("nginx/source.yaml"));

  private KubeObject apply(Canary canary, Split split) {
    world.apply(router.desired(canary, split, world));
    return world.object(TARGET);
  }

  private static ObjectNode annotations(ObjectNode tree) {
    return Json.child(Json.child(tree, "metadata"), "annotations");
  }

  @Test
  void theSourceIsNeverWritten() {
    assertThat(router.desired(Trees.canary(PROGRESSIVE), Split.canary(10), world))
        .extracting(KubeObject::ref)
        .containsExactly(TARGET);
  }

  @Test
  void pitfall14_changesOfTheSourceReachTheCanary() {
    Canary canary = Trees.canary(PROGRESSIVE);
    apply(canary, Split.canary(10));
    world.edit(
        SOURCE,
        tree -> {
          annotations(tree).remove(P + "rewrite-target");
          annotations(tree).put(P + "proxy-body-size", "8m");
          Json.child(Json.child(tree, "metadata"), "labels").put("team", "checkout");
        });
    KubeObject ingress = apply(canary, Split.canary(10));
    assertThat(ingress.annotations())
        .containsEntry(P + "proxy-body-size", "8m")
        .containsEntry(P + "canary-weight", "10")
        .doesNotContainKey(P + "rewrite-target");
    assertThat(ingress.labels()).containsEntry("team", "checkout");
  }

  @Test
  void pitfall14_canaryAnnotationsOfTheUserSurvive() {
    Canary canary = Trees.canary(PROGRESSIVE);
    apply(canary, Split.PRIMARY);
    world.edit(TARGET, tree -> annotations(tree).put(P + "canary-by-header", "x-debug"));
    assertThat(apply(canary, Split.canary(10)).annotations())
        .containsEntry(P + "canary-by-header", "x-debug");
    assertThat(apply(canary, Split.PRIMARY).annotations())
        .containsEntry(P + "canary-by-header", "x-debug");
  }

  @Test
  void anotherTotalWouldBendTheWeights() {
    Canary canary = Trees.canary(PROGRESSIVE);
    apply(canary, Split.canary(10));
    world.edit(TARGET, tree -> annotations(tree).put(P + "canary-weight-total", "20"));
    assertThat(apply(canary, Split.canary(10)).annotations())
        .doesNotContainKey(P + "canary-weight-total");
  }

  @Test
  void pitfall14_pathsOfOtherServicesAreNotCloned() {
    KubeObject ingress = apply(Trees.canary(PROGRESSIVE), Split.PRIMARY);
    assertThat(ingress.at("spec").toString()).contains("shop-canary").doesNotContain("/other");
    assertThat(ingress.list("spec", "rules")).hasSize(1);
  }

  @Test
  void pitfall15_trackingOfTheSourceIsNotCopied() {
    assertThat(apply(Trees.canary(PROGRESSIVE), Split.PRIMARY).annotations().keySet())
        .noneMatch(key -> key.startsWith("argocd") || key.startsWith("kubectl"));
  }

  @Test
  void pitfall34_aSourceWithoutAnnotationsWillDo() {
    world.edit(SOURCE, tree -> Json.child(tree, "metadata").remove("annotations"));
    assertThat(apply(Trees.canary(PROGRESSIVE), Split.canary(10)).annotation(P + "canary-weight"))
        .isEqualTo("10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{headers: {a: {exact: x}, b: {exact: y}}}]                  | second header",
        "[{headers: {a: {exact: x}}}, {headers: {a: {regex: y}}}]     | second header",
        "[{headers: {cookie: {exact: x}}}, {headers: {cookie: {exact: y}}}] | second cookie",
        "[{headers: {a: {prefix: x}}}]                                | write exact or regex",
        "[{headers: {cookie: {regex: x}}}]                            | write exact",
        "[{queryParams: {a: {exact: x}}, headers: {a: {exact: x}}}]   | queryParams",
        "[{sourceLabels: {a: x}, headers: {a: {exact: x}}}]           | sourceLabels",
        "[{queryParams: {}}]                                          | names no header"
      })
  void pitfall5_anAudienceThatNginxCannotTellIsRefused(String match, String problem) {
    Canary canary =
        Canary.of(
            Trees.example(AB)
                .with(
                    tree ->
                        ((ObjectNode) tree.path("spec").path("analysis"))
                            .set("match", Trees.YAML.readTree(match))));
    assertThat(router.problems(canary, world)).singleElement().asString().contains(problem);
    assertThat(router.desired(canary, Split.canary(100), world)).isEmpty();
  }

  @Test
  void pitfall30_anAudienceCannotBeWeighed() {
    Canary canary = Trees.canary(AB, "{analysis: {iterations: null, stepWeight: 10}}");
    assertThat(router.problems(canary, world)).singleElement().asString().contains("iterations");
  }

  @Test
  void aMissingReferenceIsAProblem() {
    Canary canary = Trees.canary(PROGRESSIVE, "{ingressRef: null}");
    assertThat(router.problems(canary, world)).singleElement().asString().contains("ingressRef");
    assertThat(router.desired(canary, Split.PRIMARY, world)).isEmpty();
  }

  @Test
  void aMissingSourceIsAProblemAndMovesNoTraffic() {
    Canary canary = Trees.canary(PROGRESSIVE);
    KubeObject before = apply(canary, Split.canary(10));
    world.delete(SOURCE);
    assertThat(router.problems(canary, world))
        .containsExactly("Ingress shop.web does not exist; create it or correct spec.ingressRef");
    assertThat(router.desired(canary, Split.canary(20), world)).containsExactly(before);
    assertThat(apply(canary, Split.PRIMARY).annotation(P + "canary-weight")).isEqualTo("0");
  }

  @Test
  void aSourceThatLeadsElsewhereIsAProblem() {
    Canary canary = Trees.canary(PROGRESSIVE, "{service: {name: cart}}");
    assertThat(router.problems(canary, world))
        .containsExactly(
            "Ingress shop.web has no path to Service cart; add one or correct spec.ingressRef");
  }

  @ParameterizedTest
  @CsvSource({"canary-weight, ten", "canary-weight, 101", "canary-weight, -1", "canary, 'false'"})
  void anUnreadableAnnotationIsMalformed(String key, String value) {
    Canary canary = Trees.canary(PROGRESSIVE);
    apply(canary, Split.canary(10));
    world.edit(TARGET, tree -> annotations(tree).put(P + key, value));
    assertThat(router.observe(canary, world)).isInstanceOf(Observed.Malformed.class);
  }

  @Test
  void theAnnotationPrefixIsAnOption() {
    Router custom =
        new Routers(new TrafficOptions("custom.io", "", true)).find("nginx").orElseThrow();
    KubeObject ingress =
        custom.desired(Trees.canary(PROGRESSIVE), Split.canary(10), world).getFirst();
    assertThat(ingress.annotation("custom.io/canary-weight")).isEqualTo("10");
  }

  @Test
  void anIngressBelongsToTheCanaryWhereverOtherRoutesLive() {
    Router remote =
        new Routers(new TrafficOptions("nginx.ingress.kubernetes.io", "", false))
            .find("nginx")
            .orElseThrow();
    KubeObject ingress = remote.desired(Trees.canary(PROGRESSIVE), Split.PRIMARY, world).getFirst();
    assertThat(ingress.controllerOwner()).isPresent();
  }
}
