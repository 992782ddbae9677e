package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.testing.FakeWorld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutersTest {
  private final Routers routers = new Routers(TrafficOptions.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "istio", "nginx", "gatewayapi:v1", "gatewayapi:v1beta1"})
  void knownProvidersHaveARouter(String provider) {
    assertThat(routers.find(provider)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "istoi", "gatewayapi", "smi", "appmesh:v1beta1", "Istio", "istio2"})
  void pitfall35_aTypoIsNotIstio(String provider) {
    assertThat(routers.find(provider)).isEmpty();
  }

  @Test
  void anUnknownProviderIsNamedWithTheKnownOnes() {
    assertThat(Routers.unknown("istoi"))
        .isEqualTo(
            "provider 'istoi' is unknown; known are gatewayapi:v1, gatewayapi:v1beta1, istio,"
                + " kubernetes, nginx");
  }

  @ParameterizedTest
  @CsvSource({
    "gatewayapi:v1, gateway.networking.k8s.io/v1",
    "gatewayapi:v1beta1, gateway.networking.k8s.io/v1beta1",
    "gatewayapi:v1beta1:x, gateway.networking.k8s.io/v1beta1"
  })
  void theVersionOfTheGatewayApiIsPartOfTheName(String provider, String apiVersion) {
    Canary canary = Trees.canary("gatewayapi-progressive");
    assertThat(Trees.router(provider).objects(canary).getFirst().apiVersion())
        .isEqualTo(apiVersion);
  }

  @Test
  void plainServicesNeverSendLiveTrafficToTheCanary() {
    Router router = Trees.router("kubernetes");
    Canary canary = Trees.canary("kubernetes-blue-green");
    assertThat(router.capabilities(canary)).isEmpty();
    assertThat(router.problems(canary, new FakeWorld())).isEmpty();
    assertThat(router.objects(canary)).isEmpty();
    assertThat(router.desired(canary, Split.canary(100), new FakeWorld())).isEmpty();
    assertThat(router.released(canary, new FakeWorld())).isEmpty();
    assertThat(router.observe(canary, new FakeWorld()))
        .isEqualTo(new Observed.Routed(Split.PRIMARY));
  }

  @Test
  void objectsInAnotherClusterBelongToNobody() {
    Routers remote = new Routers(new TrafficOptions("nginx.ingress.kubernetes.io", "", false));
    for (String provider : List.of("istio", "gatewayapi:v1")) {
      Canary canary = Trees.canary("gatewayapi-progressive");
      List<KubeObject> desired =
          remote.find(provider).orElseThrow().desired(canary, Split.PRIMARY, new FakeWorld());
      assertThat(desired).isNotEmpty().noneMatch(object -> object.controllerOwner().isPresent());
    }
  }
}
