package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

class ClientsTest {

  @Test
  void whatAWatchBringsIsNotReadIntoAModelOfItsKind() {
    assertThat(watched("MODIFIED", "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\"}"))
        .isInstanceOf(GenericKubernetesResource.class);
  }

  @Test
  void aWatchStillLearnsThatItsHistoryIsForgotten() {
    assertThat(watched("ERROR", "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"code\": 410}"))
        .isInstanceOfSatisfying(
            Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
  }

  private static KubernetesResource watched(String type, String object) {
    String event = "{\"type\": \"%s\", \"object\": %s}".formatted(type, object);
    try (KubernetesClient client = Clients.client(Config.empty())) {
      WatchEvent read = client.getKubernetesSerialization().unmarshal(event, WatchEvent.class);
      return (KubernetesResource) read.getObject();
    }
  }
}
