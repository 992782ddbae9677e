package io.serin.cluster;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.serin.api.KubeObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventRecorderTest {

  @Test
  @Timeout(20)
  void anApiServerThatNeverAnswersDelaysNobody() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        KubernetesClient client = client("http://127.0.0.1:" + silent.getLocalPort())) {
      Requests requests =
          new Requests(
              client, new Kinds(client), () -> true, new RateLimit(0, 1, System::nanoTime));
      EventRecorder recorder =
          new EventRecorder(requests, InstantSource.system(), Duration.ofMillis(100));
      KubeObject canary = KubeObject.of("flagger.app/v1beta1", "Canary", "shop", "cart");

      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            for (int i = 0; i < 5_000; i++) {
              recorder.emit(new Event(canary, false, "Synced", "event " + i));
            }
            recorder.close();
            recorder.emit(new Event(canary, false, "Synced", "after closing"));
          });
    }
  }

  private static KubernetesClient client(String url) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl(url)
                .build())
        .build();
  }
}
