package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.testing.FakeWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of metadata and of objects that somebody else made. */
class CustodyTest {
  private final FakeWorld world = new FakeWorld();

  enum Provider {
    ISTIO("istio", "istio-progressive-mirror", "VirtualService", "networking.istio.io/v1beta1"),
    GATEWAY("gatewayapi:v1", "gatewayapi-progressive", "HTTPRoute", "gateway.networking.k8s.io/v1");

    private final Router router;
    private final String example;
    private final ObjectRef ref;

    Provider(String name, String example, String kind, String apiVersion) {
      this.router = Trees.router(name);
      this.example = example;
      this.ref = new ObjectRef(apiVersion, kind, "web", "shop");
    }

    KubeObject foreign() {
      return KubeObject.of(ref)
          .with(
              tree -> tree.set("spec", Trees.tree("{hosts: [old], hostnames: [old], rules: []}")));
    }
  }

  private KubeObject apply(Provider provider, String spec) {
    Canary canary = Trees.canary(provider.example, spec);
    world.apply(provider.router.desired(canary, Split.canary(10), world));
    return world.object(provider.ref);
  }

  private KubeObject release(Provider provider) {
    world.apply(provider.router.released(Trees.canary(provider.example), world));
    return world.object(provider.ref);
  }

  @ParameterizedTest
  @EnumSource
  void pitfall11_theOriginalIsKeptOnceAndOnlyOfAForeignObject(Provider provider) {
    KubeObject foreign = provider.foreign();
    world.apply(foreign);
    String kept = apply(provider, "").annotation(Names.ORIGINAL_CONFIGURATION);
    assertThat(Trees.tree(kept)).isEqualTo(foreign.at("spec"));
    assertThat(
            apply(provider, "{service: {hosts: [new]}}").annotation(Names.ORIGINAL_CONFIGURATION))
        .isEqualTo(kept);
  }

  @ParameterizedTest
  @EnumSource
  void anObjectOfTheCanaryHasNoOriginal(Provider provider) {
    apply(provider, "");
    KubeObject changed = apply(provider, "{service: {hosts: [new]}}");
    assertThat(changed.annotations()).doesNotContainKey(Names.ORIGINAL_CONFIGURATION);
  }

  @ParameterizedTest
  @EnumSource
  void pitfall12_aTakenOverObjectIsGivenBack(Provider provider) {
    KubeObject foreign = provider.foreign();
    world.apply(foreign);
    apply(provider, "");
    assertThat(release(provider)).isEqualTo(foreign);
  }

  @ParameterizedTest
  @EnumSource
  void whatKubectlAppliedIsTheOriginal(Provider provider) {
    world.apply(
        provider
            .foreign()
            .with(
                tree ->
                    Json.child(Json.child(tree, "metadata"), "annotations")
                        .put(
                            Names.LAST_APPLIED_CONFIGURATION,
                            "{\"spec\": {\"hosts\": [\"applied\"]}}")));
    assertThat(apply(provider, "").annotations()).doesNotContainKey(Names.ORIGINAL_CONFIGURATION);
    assertThat(release(provider).at("spec")).isEqualTo(Trees.tree("{hosts: [applied]}"));
  }

  @ParameterizedTest
  @EnumSource
  void anUnreadableOriginalLeavesTheSpecAlone(Provider provider) {
    world.apply(provider.foreign());
    apply(provider, "");
    world.edit(
        provider.ref,
        tree ->
            Json.child(Json.child(tree, "metadata"), "annotations")
                .put(Names.ORIGINAL_CONFIGURATION, "{no json"));
    KubeObject before = world.object(provider.ref);
    assertThat(release(provider).at("spec")).isEqualTo(before.at("spec"));
  }

  @ParameterizedTest
  @EnumSource
  void aLabelThatIsNoLongerWantedGoesAndAForeignOneStays(Provider provider) {
    apply(provider, "{service: {apex: {labels: {a: b}, annotations: {c: d}}}}");
    world.edit(
        provider.ref,
        tree -> Json.child(Json.child(tree, "metadata"), "labels").put("foreign", "x"));
    KubeObject after =
        apply(provider, "{service: {apex: {labels: {a: null, team: null}, annotations: null}}}");
    assertThat(after.labels()).containsOnlyKeys("foreign");
    assertThat(after.annotations())
        .containsOnlyKeys(Names.FLUX_RECONCILE, Names.FLUX_DRIFT_DETECTION);
  }

  @ParameterizedTest
  @EnumSource
  void fluxIsToldToStayAwayWhateverTheUserWrites(Provider provider) {
    KubeObject object =
        apply(
            provider,
            "{service: {apex: {annotations: {kustomize.toolkit.fluxcd.io/reconcile: enabled}}}}");
    assertThat(object.annotations()).containsEntry(Names.FLUX_RECONCILE, Names.FLUX_DISABLED);
  }
}
