package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.testing.FakeWorld;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects as Flagger leaves them in the middle of a run are understood, and the run goes on. */
class HandOverTest {

  static Stream<Arguments> objects() {
    String affinity =
        "{analysis: {sessionAffinity: {cookieName: shop-canary, primaryCookieName: shop-primary}}}";
    Split third = Split.canary(30);
    return Stream.of(
        of("istio-affinity", Trees.canary("istio-progressive-mirror", affinity), third),
        of("istio-mirror", Trees.canary("istio-progressive-mirror"), new Split(100, 0, true)),
        of("gatewayapi-affinity", Trees.canary("gatewayapi-session-affinity"), third),
        of("gatewayapi-ab", Trees.canary("gatewayapi-ab-testing"), Split.canary(100)),
        of("nginx-step", Trees.canary("nginx-progressive"), third),
        of("nginx-ab", Trees.canary("nginx-ab-testing"), Split.canary(100)));
  }

  private static Arguments of(String name, Canary canary, Split split) {
    KubeObject object = Trees.resource("flagger/" + name + ".yaml").getFirst();
    return argumentSet(name, object, Trees.inRun(canary), split);
  }

  private static FakeWorld world(KubeObject object) {
    return new FakeWorld().apply(Trees.resource("nginx/source.yaml")).apply(object);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void theSplitIsUnderstood(KubeObject object, Canary canary, Split split) {
    Router router = Trees.router(canary.spec().provider());
    assertThat(router.observe(canary, world(object))).isEqualTo(new Observed.Routed(split));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void theRunGoesOnAtTheSameSplit(KubeObject object, Canary canary, Split split) {
    Router router = Trees.router(canary.spec().provider());
    FakeWorld world = world(object);
    world.apply(router.desired(canary, split, world));
    assertThat(router.observe(canary, world)).isEqualTo(new Observed.Routed(split));
    assertThat(world.object(object.ref()).annotations())
        .doesNotContainKey(Names.ORIGINAL_CONFIGURATION);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void theRunEndsAsAFreshOne(KubeObject object, Canary canary, Split split) {
    Router router = Trees.router(canary.spec().provider());
    FakeWorld world = world(object);
    Canary after = Trees.afterRun(canary);
    world.apply(router.desired(after, Split.PRIMARY, world));
    FakeWorld fresh = new FakeWorld().apply(Trees.resource("nginx/source.yaml"));
    fresh.apply(router.desired(after, Split.PRIMARY, fresh));
    assertSameRoute(world, fresh, object.ref());
  }

  private static void assertSameRoute(FakeWorld world, FakeWorld fresh, ObjectRef ref) {
    KubeObject one = world.object(ref);
    KubeObject other = fresh.object(ref);
    assertThat(List.of(one.at("spec"), one.annotations()))
        .isEqualTo(List.of(other.at("spec"), other.annotations()));
  }
}
