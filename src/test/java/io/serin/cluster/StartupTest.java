package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.serin.api.Names;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupTest {
  private final MockCluster mock = new MockCluster();
  private final FabricWorld world = new FabricWorld(mock.client, "");

  @AfterEach
  void close() {
    world.close();
    mock.close();
  }

  @Test
  void aClusterWithTheDefinitionsIsFine() {
    serve("1", "34+", Names.CANARY, Names.METRIC_TEMPLATE, Names.ALERT_PROVIDER);

    assertThatCode(() -> Startup.check(mock.client, world)).doesNotThrowAnyException();
  }

  @Test
  void aMissingDefinitionIsNamed() {
    serve("1", "34", Names.CANARY, Names.METRIC_TEMPLATE);

    assertThatThrownBy(() -> Startup.check(mock.client, world))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "the API server does not know flagger.app/v1beta1 AlertProvider:"
                + " apply the definitions in crds/ first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.10", "2.0"})
  void anUnsupportedVersionIsNamed(String version) {
    String[] parts = version.split("\\.", -1);
    serve(parts[0], parts[1], Names.CANARY, Names.METRIC_TEMPLATE, Names.ALERT_PROVIDER);

    assertThatThrownBy(() -> Startup.check(mock.client, world))
        .isInstanceOf(ClusterException.class)
        .hasMessage("Kubernetes v" + version + " is not supported: 1.11 or newer is needed");
  }

  @Test
  void aKubeconfigThatIsNotThereIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("config");
    ClusterOptions options = new ClusterOptions(missing.toString(), "", "", "", 0, 0);

    assertThatThrownBy(() -> Clients.connect(options))
        .isInstanceOf(ClusterException.class)
        .hasMessage("cannot read kubeconfig " + missing + ": name an existing file");
  }

  private void serve(String major, String minor, String... kinds) {
    mock.server.clearExpectations();
    String version =
        "{\"major\": \"%1$s\", \"minor\": \"%2$s\", \"gitVersion\": \"v%1$s.%2$s\"}"
            .formatted(major, minor);
    mock.server.expect().get().withPath("/version").andReturn(200, version).always();
    mock.serve(
        new APIResourceListBuilder()
            .withGroupVersion(Names.FLAGGER_API_VERSION)
            .withResources(Stream.of(kinds).map(StartupTest::resource).toList())
            .build());
  }

  private static APIResource resource(String kind) {
    return new APIResourceBuilder()
        .withKind(kind)
        .withName(kind.toLowerCase(Locale.ROOT) + "s")
        .withNamespaced(true)
        .build();
  }
}
