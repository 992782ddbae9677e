package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.fact.Workload.Role;
import io.serin.testing.FakeWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ServicesTest {
  private static final String ADDRESS = "cloud.example.com/address";
  private static final String PAGE = "docs.example.com/page";

  private final Target target = new DeploymentTarget(WorkloadOptions.DEFAULTS);
  private final Services plain = services(Samples.canary());
  private final Services rich = services(Samples.richCanary());

  @Test
  void aCanaryHasThreeServices() {
    List<KubeObject> made = plain.desired(FakeWorld.of(), Role.PRIMARY);

    assertThat(Samples.yaml(made)).isEqualTo(Samples.golden("services-created", made));
  }

  @Test
  void everyFieldOfTheServiceBlockIsUsed() {
    List<KubeObject> made = rich.desired(FakeWorld.of(), Role.PRIMARY);

    assertThat(Samples.yaml(made)).isEqualTo(Samples.golden("services-rich", made));
  }

  @Test
  void aServiceOfOthersIsTakenOverWithItsTypeAddressesAndLabels() {
    KubeObject taken = plain.apex(Samples.object("service-taken-over"), Role.PRIMARY);

    assertThat(Samples.yaml(List.of(taken)))
        .isEqualTo(Samples.golden("service-taken-over-apex", List.of(taken)));
  }

  @Test
  void w8_theApexLeadsToTheTargetUntilThePrimaryServes() {
    KubeObject apex = plain.apex(Samples.object("service-taken-over"), Role.TARGET);

    assertThat(apex.texts("spec", "selector")).containsOnly(Map.entry("app", "podinfo"));
  }

  @Test
  void theOrderOfPortsIsNoDifference() {
    KubeObject made = plain.primary(null);
    KubeObject turned =
        made.with(
            tree -> {
              ArrayNode ports = (ArrayNode) tree.at("/spec/ports");
              ports.add(ports.remove(0));
            });

    assertThat(plain.primary(turned)).isEqualTo(turned);
  }

  @Test
  void nodePortsOfOwnedServicesSurviveAChangeOfPorts() {
    KubeObject live =
        plain
            .apex(null, Role.PRIMARY)
            .with(tree -> ((ObjectNode) tree.at("/spec/ports/0")).put("nodePort", 30001));
    Canary moved = Samples.changed(Samples.canary(), "service", Map.of("port", 8080));

    KubeObject apex = services(moved).apex(live, Role.PRIMARY);

    assertThat(apex.at("spec", "ports").size()).isEqualTo(1);
    assertThat(apex.tree().at("/spec/ports/0/port").intValue()).isEqualTo(8080);
    assertThat(apex.tree().at("/spec/ports/0/nodePort").intValue()).isEqualTo(30001);
  }

  @Test
  void labelsAndAnnotationsOfOthersSurviveOnOwnedServices() {
    KubeObject live =
        plain.apex(null, Role.PRIMARY).with(tree -> annotate(tree, ADDRESS, "192.0.2.1"));

    assertThat(plain.apex(live, Role.PRIMARY)).isEqualTo(live);
  }

  @Test
  void metadataThatTheAuthorTakesBackGoes() {
    KubeObject live = rich.apex(null, Role.PRIMARY);
    Canary bare = Samples.changed(Samples.richCanary(), "service", Map.of("name", "shop"));

    KubeObject apex = services(bare).apex(live, Role.PRIMARY);

    assertThat(apex.annotations()).doesNotContainKeys(PAGE, Names.OWN_KEYS);
    assertThat(apex.labels()).containsOnly(Map.entry("app", "shop"));
  }

  @Test
  void unmanagedMetadataKeepsItsLiveValue() {
    Canary unmanaged =
        Samples.changed(
            Samples.canary(),
            "service",
            Map.of(
                "port", 80,
                "apex", Map.of("annotations", Map.of(ADDRESS, "wanted")),
                "unmanagedMetadata", Map.of("annotations", List.of(ADDRESS))));
    KubeObject created = services(unmanaged).apex(null, Role.PRIMARY);
    KubeObject live = created.with(tree -> annotate(tree, ADDRESS, "live"));

    assertThat(created.annotation(ADDRESS)).isEqualTo("wanted");
    assertThat(services(unmanaged).apex(live, Role.PRIMARY)).isEqualTo(live);
  }

  @Test
  void aReleasedApexHasTheSelectorThatItsOwnerApplied() {
    KubeObject taken = plain.apex(Samples.object("service-taken-over"), Role.PRIMARY);

    KubeObject released = released(taken).orElseThrow();

    assertThat(released.texts("spec", "selector"))
        .containsOnly(Map.entry("app", "podinfo"), Map.entry("tier", "backend"));
    assertThat(released.annotations())
        .doesNotContainKeys(Names.FLUX_RECONCILE, Names.FLUX_DRIFT_DETECTION);
  }

  @Test
  void aReleasedApexHasTheSelectorThatItHadBeforeWhenTheCachesForgotWhatWasApplied() {
    KubeObject trimmed =
        Samples.object("service-taken-over")
            .with(
                tree ->
                    ((ObjectNode) tree.at("/metadata/annotations"))
                        .remove(Names.LAST_APPLIED_CONFIGURATION));
    KubeObject taken = plain.apex(plain.apex(trimmed, Role.TARGET), Role.PRIMARY);

    assertThat(released(taken)).contains(trimmed.with(tree -> setPorts(tree, taken)));
  }

  @Test
  void aReleasedApexThatNobodyAppliedLeadsToTheTarget() {
    KubeObject taken =
        plain.apex(
            Samples.parse(
                "{apiVersion: v1, kind: Service, metadata: {name: podinfo, namespace: default}}"),
            Role.PRIMARY);

    assertThat(released(taken).orElseThrow().texts("spec", "selector"))
        .containsOnly(Map.entry("app", "podinfo"));
  }

  @Test
  void anOwnedOrMissingApexNeedsNoRelease() {
    assertThat(released(plain.apex(null, Role.PRIMARY))).isEmpty();
    assertThat(Services.releasedApex(Samples.canary(), null, FakeWorld.of())).isEmpty();
  }

  private Optional<KubeObject> released(KubeObject apex) {
    return Services.releasedApex(Samples.canary(), plain.selector(), FakeWorld.of(apex));
  }

  private Services services(Canary canary) {
    return Services.of(canary, target, Samples.deployment()).orElseThrow();
  }

  private static void setPorts(ObjectNode tree, KubeObject taken) {
    ((ObjectNode) tree.path("spec")).set("ports", taken.at("spec", "ports"));
  }

  private static void annotate(ObjectNode tree, String key, String value) {
    ((ObjectNode) tree.at("/metadata/annotations")).put(key, value);
  }
}
