package io.serin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Webhook;
import io.serin.api.WebhookType;
import io.serin.http.Http;
import io.serin.http.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebhooksTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Payload PAYLOAD =
      new Payload("podinfo", "test", "Progressing", "85d557f47b", Map.of());

  @AutoClose private final MockWebServer server = new MockWebServer();
  @AutoClose private final Http http = new Http(Map.of());
  private final List<Duration> pauses = new ArrayList<>();
  private final HttpWebhooks webhooks =
      new HttpWebhooks(http, HttpWebhooks.UP_TO_202, () -> NOW, pauses::add);

  @Test
  void theBodyIsFlaggers() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    server.start();
    Map<String, String> metadata = Map.of("type", "bash", "cmd", "echo <ü>");

    webhooks.call(
        hook("/gate?x=1", 0),
        new Payload("podinfo", "test", "Progressing", "85d557f47b", metadata));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("POST /gate?x=1 HTTP/1.1");
    assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
    assertThat(body(request))
        .isEqualTo(
            """
            {"name":"podinfo","namespace":"test","phase":"Progressing","checksum":"85d557f47b",\
            "metadata":{"cmd":"echo <ü>","type":"bash"}}\
            """);
  }

  @Test
  void emptyMetadataIsLeftOut() throws Exception {
    answer(200, "");

    assertThat(body(server.takeRequest()))
        .isEqualTo(
            """
            {"name":"podinfo","namespace":"test","phase":"Progressing","checksum":"85d557f47b"}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "200, true",
    "201, true",
    "202, true",
    "203, false",
    "204, false",
    "404, false",
    "501, false"
  })
  void successIsAtMost202(int status, boolean success) throws Exception {
    assertThat(answer(status, "").success()).isEqualTo(success);
  }

  @Test
  void d15_every2xxIsSuccessWhenAskedFor() throws Exception {
    server.enqueue(new MockResponse.Builder().code(204).build());
    server.start();
    Webhooks lenient = new HttpWebhooks(http, HttpWebhooks.ANY_2XX, () -> NOW, pauses::add);

    assertThat(lenient.call(hook("/", 0), PAYLOAD).success()).isTrue();
  }

  @Test
  void aRefusalIsTheBodyInOneLine() throws Exception {
    assertThat(answer(400, "not\n  approved\n")).isEqualTo(new Answer(false, "not approved"));
  }

  @Test
  void aRefusalWithoutBodyIsTheStatus() throws Exception {
    assertThat(answer(403, "").text()).startsWith("403");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 501})
  void otherRefusalsAreFinal(int status) throws Exception {
    server.enqueue(new MockResponse.Builder().code(status).build());
    server.start();

    webhooks.call(hook("/", 3), PAYLOAD);

    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aPassingErrorIsTriedAgain() throws Exception {
    enqueue(500, 202);

    assertThat(webhooks.call(hook("/", 1), PAYLOAD).success()).isTrue();
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void theBodySurvivesTheRetries() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse.Builder().code(500).body("test\nfailed " + i).build());
    }
    server.start();

    assertThat(webhooks.call(hook("/gate", 2), PAYLOAD).text())
        .isEqualTo("POST " + url("/gate") + " giving up after 3 attempt(s): test failed 2");
  }

  @Test
  void pausesDoubleUpTo30Seconds() throws Exception {
    enqueue(500, 502, 503, 504, 500, 429, 500, 200);

    webhooks.call(hook("/", 7), PAYLOAD);

    assertThat(pauses.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | 7                             | 7",
        "503 | 0                             | 0",
        "503 | 86400                         | 30",
        "503 | Fri, 02 Jan 2026 03:04:17 GMT | 12",
        "503 | Fri, 02 Jan 2026 03:04:00 GMT | 0",
        "503 | soon                          | 1",
        "503 | 99999999999999999999          | 1",
        "500 | 7                             | 1"
      })
  void retryAfterIsHonoured(int status, String retryAfter, long seconds) throws Exception {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Retry-After", retryAfter).build());
    server.enqueue(new MockResponse.Builder().build());
    server.start();

    webhooks.call(hook("/", 1), PAYLOAD);

    assertThat(pauses).containsExactly(Duration.ofSeconds(seconds));
  }

  @Test
  void aBrokenConnectionIsTriedAgain() throws Exception {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(new MockResponse.Builder().build());
    server.start();

    assertThat(webhooks.call(hook("/", 1), PAYLOAD).success()).isTrue();
  }

  @Test
  void aHookThatNeverAnswersEndsWithinItsTimeouts() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";

      Answer answer = webhooks.call(hook(url, Duration.ofMillis(100), 1, false), PAYLOAD);

      assertThat(answer.success()).isFalse();
      assertThat(answer.text()).startsWith("POST " + url + " giving up after 2 attempt(s): ");
    }
  }

  @Test
  void nobodyThereIsARefusalInOneLine() throws Exception {
    String url;
    try (ServerSocket closed = new ServerSocket(0)) {
      url = "http://127.0.0.1:" + closed.getLocalPort() + "/";
    }

    assertThat(webhooks.call(hook(url, Duration.ofSeconds(5), 0, false), PAYLOAD).text())
        .startsWith("POST " + url + " giving up after 1 attempt(s): ")
        .contains("refused");
  }

  @Test
  void aBadAddressIsRefusedAtOnce() {
    assertThat(webhooks.call(hook("gate:80", Duration.ofSeconds(5), 3, false), PAYLOAD).text())
        .isEqualTo(
            "webhook gate cannot be called: \"gate:80\" is no http or https URL; write for example"
                + " http://host:9090");
  }

  @Test
  void anUnknownCertificateIsRefusedAtOnce() throws Exception {
    startTls();

    Answer answer = webhooks.call(hook(tlsUrl(), Duration.ofSeconds(10), 3, false), PAYLOAD);

    assertThat(answer.success()).isFalse();
    assertThat(answer.text()).startsWith("POST https://").contains("failed: ");
    assertThat(pauses).isEmpty();
  }

  @Test
  void disableTlsAcceptsASelfSignedCertificate() throws Exception {
    startTls();
    server.enqueue(new MockResponse.Builder().build());

    assertThat(webhooks.call(hook(tlsUrl(), Duration.ofSeconds(10), 0, true), PAYLOAD).success())
        .isTrue();
  }

  @Test
  void aRedirectIsFollowedAsAGet() throws Exception {
    server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/there").build());
    server.enqueue(new MockResponse.Builder().build());
    server.start();

    assertThat(webhooks.call(hook("/here", 0), PAYLOAD).success()).isTrue();
    server.takeRequest();
    assertThat(server.takeRequest().getRequestLine()).isEqualTo("GET /there HTTP/1.1");
  }

  @Test
  void aLongAnswerIsNotReadToItsEnd() throws Exception {
    assertThat(answer(400, "x".repeat(10 * 1024 * 1024)).text()).hasSizeLessThan(600);
  }

  @Test
  void anInterruptedPauseEndsTheCallAndStaysVisible() throws Exception {
    enqueue(500, 200);
    Sleeper interrupted =
        _ -> {
          throw new InterruptedException();
        };
    Webhooks stopped = new HttpWebhooks(http, HttpWebhooks.UP_TO_202, () -> NOW, interrupted);

    assertThat(stopped.call(hook("/", 1), PAYLOAD).success()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  private Answer answer(int status, String body) throws IOException {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    server.start();
    return webhooks.call(hook("/", 0), PAYLOAD);
  }

  private void enqueue(int... statuses) throws IOException {
    for (int status : statuses) {
      server.enqueue(new MockResponse.Builder().code(status).build());
    }
    server.start();
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private String tlsUrl() {
    return "https://127.0.0.1:" + server.getPort() + "/";
  }

  private Webhook hook(String path, int retries) {
    return hook(url(path), Duration.ofSeconds(10), retries, false);
  }

  private static Webhook hook(String url, Duration timeout, int retries, boolean disableTls) {
    return new Webhook(
        "gate", WebhookType.CONFIRM_ROLLOUT, url, timeout, retries, disableTls, false, Map.of());
  }

  private void startTls() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in =
        HttpWebhooksTest.class.getResourceAsStream("/io/serin/http/self-signed.p12")) {
      store.load(Objects.requireNonNull(in), "changeit".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server.useHttps(context.getSocketFactory());
    server.start();
  }
}
