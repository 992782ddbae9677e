package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.ConfigChecksum;
import io.serin.api.KubeObject;
import io.serin.fact.Problem;
import io.serin.testing.FakeWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ConfigsTest {
  private final Target target = new DeploymentTarget(WorkloadOptions.DEFAULTS);
  private final Canary canary = Samples.canary();
  private final KubeObject deployment = Samples.deployment();
  private final Configs configs =
      new Configs(
          new WorkloadOptions(
              WorkloadOptions.DEFAULTS.selectorLabels(), List.of("app.kubernetes.io"), true));

  @Test
  void volumesAndEnvironmentOfAllContainersAreScanned() {
    assertThat(target.configs(deployment))
        .extracting(ConfigReference::key)
        .containsExactlyInAnyOrder(
            "configmap/files",
            "secret/tls",
            "configmap/settings",
            "secret/db",
            "configmap/colors",
            "secret/token",
            "configmap/untracked");
  }

  @Test
  void aNameIsOptionalOnlyWhenEveryPlaceSaysSo() {
    KubeObject twice =
        Samples.parse(
            """
            spec:
              template:
                spec:
                  containers:
                    - envFrom:
                        - configMapRef: {name: a}
                        - configMapRef: {name: a, optional: true}
                        - configMapRef: {name: b, optional: true}
                        - configMapRef: {name: b, optional: true}
            """);

    assertThat(target.configs(twice))
        .filteredOn(ConfigReference::optional)
        .extracting(ConfigReference::name)
        .containsExactly("b");
  }

  @Test
  void whatIsAnnotatedOrOptionalAndMissingIsNotTracked() {
    TrackedConfigs tracked = configs.tracked(world(), canary, target, deployment);

    assertThat(tracked.problems()).isEmpty();
    assertThat(tracked.checksums())
        .containsOnly(
            Map.entry("configmap/files", "sum-files"),
            Map.entry("configmap/settings", "sum-settings"),
            Map.entry("configmap/colors", "sum-colors"),
            Map.entry("secret/db", "sum-db"),
            Map.entry("secret/tls", "sum-tls"));
  }

  @ParameterizedTest
  @CsvSource({
    "Opaque, true",
    "kubernetes.io/basic-auth, true",
    "kubernetes.io/ssh-auth, true",
    "kubernetes.io/tls, true",
    "kubernetes.io/dockerconfigjson, false",
    "kubernetes.io/service-account-token, false",
  })
  void onlySecretsThatUsersFillAreTracked(String type, boolean tracked) {
    KubeObject secret = config("Secret", "db").with(tree -> tree.put("type", type));
    KubeObject reader =
        Samples.parse(
            "spec: {template: {spec: {containers: [{envFrom: [{secretRef: {name: db}}]}]}}}");

    assertThat(configs.tracked(FakeWorld.of(secret), canary, target, reader).checksums())
        .hasSize(tracked ? 1 : 0);
  }

  @Test
  void aMissingConfigThatIsNotOptionalIsAProblem() {
    TrackedConfigs tracked = configs.tracked(FakeWorld.of(), canary, target, deployment);

    assertThat(tracked.problems())
        .hasSize(6)
        .contains(
            new Problem(
                Problem.Kind.MISSING,
                "secret tls.default get query error: not found; create it or make the reference"
                    + " optional"));
  }

  @Test
  void nothingIsMissingBeforeTheCacheIsFull() {
    TrackedConfigs tracked = configs.tracked(FakeWorld.of().unsynced(), canary, target, deployment);

    assertThat(tracked.problems()).extracting(Problem::kind).containsOnly(Problem.Kind.UNSYNCED);
  }

  @Test
  void nothingIsTrackedWhenTrackingIsOff() {
    Configs off = new Configs(new WorkloadOptions(List.of("app"), List.of(), false));

    TrackedConfigs tracked = off.tracked(FakeWorld.of(), canary, target, deployment);

    assertThat(tracked).isEqualTo(new TrackedConfigs(Map.of(), List.of()));
  }

  @Test
  void w20_aCopyHoldsBinaryDataAndImmutabilityToo() {
    KubeObject copy = configs.copy(canary, Samples.object("configmap"), null);

    assertThat(Samples.yaml(List.of(copy)))
        .isEqualTo(Samples.golden("configmap-copy", List.of(copy)));
  }

  @Test
  void aCopyFollowsItsSourceAndForgetsItsOldData() {
    KubeObject source = Samples.parse("{kind: ConfigMap, metadata: {name: a}, data: {new: '1'}}");
    KubeObject old = copyOf("{kind: ConfigMap, metadata: {name: a}, data: {old: '1'}}");

    KubeObject copy = configs.copy(canary, source, old);

    assertThat(copy.texts("data")).containsOnly(Map.entry("new", "1"));
    assertThat(configs.copy(canary, source, copy)).isEqualTo(copy);
  }

  @Test
  void twoCanariesShareACopy() {
    Canary other =
        Canary.of(
            Samples.object("canary")
                .with(tree -> ((ObjectNode) tree.path("metadata")).put("uid", "other")));
    KubeObject source = Samples.object("configmap");

    KubeObject shared = configs.copy(other, source, configs.copy(canary, source, null));

    assertThat(shared.list("metadata", "ownerReferences"))
        .extracting(owner -> owner.path("controller").booleanValue())
        .containsExactly(true, false);
    assertThat(configs.copy(canary, source, shared)).isEqualTo(shared);
  }

  @Test
  void aCopyIsOutdatedWhenItIsMissingOrHoldsOtherData() {
    KubeObject source = Samples.object("configmap");
    KubeObject copy = configs.copy(canary, source, null);
    String now = ConfigChecksum.of(source);

    assertThat(outdated(FakeWorld.of(copy), now)).isEmpty();
    assertThat(outdated(FakeWorld.of(copy), "later")).containsExactly("configmap/files");
    assertThat(outdated(FakeWorld.of(), now)).containsExactly("configmap/files");
  }

  @Test
  void aSealedCopyHasToBeReplaced() {
    KubeObject sealed = configs.copy(canary, Samples.object("configmap"), null);
    KubeObject same = sealed.with(tree -> {});
    KubeObject changed = sealed.with(tree -> tree.putObject("data").put("greeting", "hi"));

    assertThat(Configs.isFixed(sealed, same)).isFalse();
    assertThat(Configs.isFixed(sealed, changed)).isTrue();
  }

  private List<String> outdated(FakeWorld world, String checksum) {
    return configs
        .outdated(world, canary, target, deployment, Map.of("configmap/files", checksum))
        .stream()
        .map(ConfigReference::key)
        .toList();
  }

  private KubeObject copyOf(String source) {
    return configs.copy(canary, Samples.parse(source), null);
  }

  /** Trimmed, as the caches hold them. */
  private static FakeWorld world() {
    return FakeWorld.of(
        config("ConfigMap", "files"),
        config("ConfigMap", "settings"),
        config("ConfigMap", "colors"),
        config("ConfigMap", "untracked")
            .with(
                tree ->
                    ((ObjectNode) tree.at("/metadata/annotations"))
                        .put("flagger.app/config-tracking", "disabled")),
        config("Secret", "db"),
        config("Secret", "tls").with(tree -> tree.put("type", "kubernetes.io/tls")));
  }

  private static KubeObject config(String kind, String name) {
    return Samples.parse(
        """
        apiVersion: v1
        kind: %s
        metadata:
          name: %s
          namespace: default
          annotations: {serin.dev/checksum: sum-%s}
        """
            .formatted(kind, name, name));
  }
}
