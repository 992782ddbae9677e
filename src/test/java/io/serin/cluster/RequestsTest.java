package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serin.api.ObjectRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private static final int MORE = 20;

  private final AtomicInteger arrived = new AtomicInteger();
  private final CountDownLatch answer = new CountDownLatch(1);

  @Test
  void rolloutsThatBeginTogetherDoNotOverrunTheApiServer() throws Exception {
    HttpServer slow = slow();
    try (KubernetesClient client = client(slow);
        ExecutorService rollouts = Executors.newVirtualThreadPerTaskExecutor()) {
      Requests requests =
          new Requests(
              client, new Kinds(client), () -> true, new RateLimit(0, 1, System::nanoTime));

      List<Future<byte[]>> reads =
          IntStream.range(0, Requests.MOST_AT_ONCE + MORE)
              .mapToObj(i -> new ObjectRef("v1", "ConfigMap", "shop", "c" + i))
              .map(ref -> rollouts.submit(() -> requests.read(ref)))
              .toList();
      await().until(() -> requests.waiting() == MORE && arrived.get() >= Requests.MOST_AT_ONCE);

      assertThat(arrived).hasValue(Requests.MOST_AT_ONCE);
      answer.countDown();
      for (Future<byte[]> read : reads) {
        assertThat(read.get()).asString().isEqualTo("{}");
      }
    } finally {
      answer.countDown();
      slow.stop(0);
    }
  }

  private HttpServer slow() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    arrived.incrementAndGet();
    try {
      answer.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write(new byte[] {'{', '}'});
    exchange.close();
  }

  private static KubernetesClient client(HttpServer server) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Clients.client(new ConfigBuilder(Config.empty()).withMasterUrl(url).build());
  }
}
