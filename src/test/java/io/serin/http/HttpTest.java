package io.serin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {
  private static final int MIB = 1024 * 1024;

  @AutoClose private final MockWebServer server = new MockWebServer();
  @AutoClose private final Http http = new Http(Map.of());

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @Test
  void sendsMethodPathHeadersAndBody() throws Exception {
    server.enqueue(new MockResponse.Builder().code(201).body("thanks").build());

    HttpAnswer answer =
        http.send(
            new HttpCall(
                "POST",
                Uris.parse(url("/a/b?c=d")),
                Map.of("Content-Type", List.of("application/json"), "X-Two", List.of("1", "2")),
                "{\"k\":\"ü\"}",
                Duration.ofSeconds(10),
                MIB,
                true));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("POST /a/b?c=d HTTP/1.1");
    assertThat(request.getHeaders().values("X-Two")).containsExactly("1", "2");
    assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
    assertThat(body(request)).isEqualTo("{\"k\":\"ü\"}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("thanks");
    assertThat(answer.cut()).isFalse();
  }

  @Test
  void userInfoInTheAddressIsBasicAuthentication() throws Exception {
    server.enqueue(new MockResponse.Builder().build());

    http.send(get(url("/").replace("http://", "http://me:p%40ss@"), Duration.ofSeconds(10)));

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic bWU6cEBzcw==");
  }

  @Test
  void anEndlessBodyIsReadOnlyAsFarAsAllowed() throws Exception {
    server.enqueue(new MockResponse.Builder().chunkedBody("x".repeat(10 * MIB), 8192).build());

    HttpAnswer answer = http.send(get(url("/"), Duration.ofSeconds(10)));

    assertThat(answer.cut()).isTrue();
    assertThat(answer.body()).hasSize(MIB);
  }

  @Test
  void aServerThatNeverAnswersEndsWithinTheLimit() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      HttpCall call = get("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(200));
      assertThatThrownBy(() -> http.send(call))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aServerThatDripsEndsWithinTheLimit() throws Exception {
    try (ServerSocket dripping = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> drip(dripping));
      HttpCall call = get("http://127.0.0.1:" + dripping.getLocalPort(), Duration.ofMillis(300));
      assertThatThrownBy(() -> http.send(call)).hasMessage("no answer within 300ms");
    }
  }

  @Test
  void anInterruptEndsTheCallAndStaysVisible() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      HttpCall call = get("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(30));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> http.send(call)).hasMessage("the call was interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aCallsOwnProxyIsUsedWhateverTheEnvironmentSays() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    try (Http unproxied = new Http(Map.of("NO_PROXY", "*"))) {
      URI uri = Uris.parse("http://elsewhere.invalid/x");
      unproxied.send(
          new HttpCall("GET", uri, Map.of(), "", Duration.ofSeconds(10), MIB, true, url("")));
    }

    assertThat(server.takeRequest().getRequestLine())
        .isEqualTo("GET http://elsewhere.invalid/x HTTP/1.1");
  }

  @Test
  void connectionsAreShared() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    server.enqueue(new MockResponse.Builder().build());

    http.send(get(url("/1"), Duration.ofSeconds(10)));
    http.send(get(url("/2"), Duration.ofSeconds(10)));

    assertThat(server.takeRequest().getConnectionIndex())
        .isEqualTo(server.takeRequest().getConnectionIndex());
  }

  @Test
  void aRedirectToAnotherHostDoesNotGetTheCredentials() throws Exception {
    try (MockWebServer other = new MockWebServer()) {
      other.start();
      String elsewhere = "http://localhost:" + other.getPort() + "/";
      server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", elsewhere).build());
      other.enqueue(new MockResponse.Builder().build());

      http.send(get(url("/").replace("http://", "http://me:secret@"), Duration.ofSeconds(10)));

      assertThat(other.getRequestCount()).isZero();
    }
  }

  @Test
  void aCallIsShownWithoutItsPassword() {
    assertThat(get("http://me:secret@host/x", Duration.ofSeconds(1)))
        .hasToString("GET http://me:xxxxx@host/x");
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private static HttpCall get(String url, Duration limit) {
    return new HttpCall("GET", Uris.parse(url), Map.of(), "", limit, MIB, true);
  }

  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      while (true) {
        socket.getOutputStream().write('.');
        Thread.sleep(Duration.ofMillis(20));
      }
    } catch (IOException | InterruptedException _) {
      // the client went away
    }
  }
}
