package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortDiscoveryTest {
  private static final List<DiscoveredPort> EXTRA =
      List.of(new DiscoveredPort("http-metrics", 9797), new DiscoveredPort("tcp-podinfo-2", 8888));

  private final Target target = new DeploymentTarget(WorkloadOptions.DEFAULTS);

  @ParameterizedTest
  @CsvSource({"9898,", "80, 9898", "80, http", "9898, 0"})
  void theServicesOwnPortIsNotDiscovered(int port, String targetPort) {
    assertThat(discovered(Samples.deployment(), port, targetPort)).isEqualTo(EXTRA);
  }

  @Test
  void portsThatWouldMakeAServiceInvalidAreLeftOutOrRenamed() {
    KubeObject clashing =
        Samples.parse(
            """
            spec:
              template:
                spec:
                  containers:
                    - name: web
                      ports:
                        - {name: main, containerPort: 8080}
                        - {name: number, containerPort: 80}
                        - {name: http, containerPort: 8081}
                        - {name: dns, containerPort: 53, protocol: UDP}
                        - {name: dns-tcp, containerPort: 53}
            """);

    assertThat(discovered(clashing, 80, "main"))
        .containsExactly(new DiscoveredPort("tcp-web-2", 8081), new DiscoveredPort("dns", 53));
  }

  @Test
  void nothingIsDiscoveredUnlessAskedFor() {
    assertThat(target.ports(Samples.richCanary(), Samples.deployment())).isEmpty();
  }

  private List<DiscoveredPort> discovered(KubeObject workload, int port, String targetPort) {
    Map<String, Object> service = new HashMap<>(Map.of("port", port, "portDiscovery", true));
    if (targetPort != null) {
      boolean number = targetPort.chars().allMatch(Character::isDigit);
      service.put("targetPort", number ? (Object) Integer.valueOf(targetPort) : targetPort);
    }
    return target.ports(Samples.changed(Samples.canary(), "service", service), workload);
  }
}
