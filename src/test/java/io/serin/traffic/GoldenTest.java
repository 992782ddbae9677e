package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.testing.FakeWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The complete objects that the examples lead to, state by state. With {@code -Dgolden.write=true}
 * the files are written anew, to be reviewed.
 */
class GoldenTest {
  private static final Split MIRROR = new Split(100, 0, true);

  static Stream<Arguments> states() {
    return Stream.of(
        state("istio/initial", "istio-progressive-mirror", Split.PRIMARY),
        state("istio/mirror", "istio-progressive-mirror", MIRROR),
        state("istio/step", "istio-progressive-mirror", Split.canary(10)),
        state("gatewayapi/initial", "gatewayapi-progressive", Split.PRIMARY),
        state("gatewayapi/mirror", "gatewayapi-progressive", MIRROR),
        state("gatewayapi/step", "gatewayapi-progressive", Split.canary(10)),
        state("gatewayapi/ab-running", "gatewayapi-ab-testing", Split.canary(100)),
        state("gatewayapi/ab-idle", "gatewayapi-ab-testing", Split.PRIMARY),
        state("gatewayapi/affinity-step", "gatewayapi-session-affinity", Split.canary(10)),
        state("gatewayapi/affinity-after", "gatewayapi-session-affinity", Split.PRIMARY),
        state("nginx/initial", "nginx-progressive", Split.PRIMARY),
        state("nginx/step", "nginx-progressive", Split.canary(10)),
        state("nginx/ab-running", "nginx-ab-testing", Split.canary(100)),
        state("nginx/ab-idle", "nginx-ab-testing", Split.PRIMARY));
  }

  static Stream<Arguments> istioVariants() {
    return Stream.of(
        variant("istio/tcp-step", "{service: {appProtocol: tcp}}", Split.canary(10)),
        variant(
            "istio/delegation-step",
            "{service: {delegation: true, hosts: null, gateways: null}}",
            Split.canary(10)),
        variant(
            "istio/ab-running",
            "{analysis: {stepWeight: null, iterations: 5,"
                + " match: [{headers: {x-canary: {exact: insider}}}]}}",
            Split.canary(100)),
        variant("istio/affinity-step", affinity(), Split.canary(10)),
        variant("istio/affinity-after", affinity(), Split.PRIMARY));
  }

  private static String affinity() {
    return "{analysis: {sessionAffinity: {cookieName: shop-canary, primaryCookieName:"
        + " shop-primary}}}";
  }

  private static Arguments state(String name, String example, Split split) {
    return argumentSet(name, name, Trees.canary(example), split);
  }

  private static Arguments variant(String name, String spec, Split split) {
    return argumentSet(name, name, Trees.canary("istio-progressive-mirror", spec), split);
  }

  @ParameterizedTest
  @MethodSource({"states", "istioVariants"})
  void theObjectsAreAsReviewed(String name, Canary canary, Split split) throws IOException {
    Router router =
        new Routers(TrafficOptions.DEFAULT).find(canary.spec().provider()).orElseThrow();
    FakeWorld world = new FakeWorld().apply(Trees.resource("nginx/source.yaml"));
    Canary at = split.canary() > 0 ? Trees.inRun(canary) : Trees.afterRun(canary);
    List<KubeObject> desired = router.desired(at, split, world);
    if (Boolean.getBoolean("golden.write")) {
      write(name, desired);
    }
    assertThat(desired).isEqualTo(Trees.resource(name + ".yaml"));
  }

  private static void write(String name, List<KubeObject> objects) throws IOException {
    StringBuilder yaml = new StringBuilder();
    objects.forEach(object -> yaml.append(Trees.YAML.writeValueAsString(object.tree())));
    Files.writeString(Path.of("src/test/resources/traffic", name + ".yaml"), yaml);
  }
}
