package io.serin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.AlertSeverity;
import io.serin.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What every receiver keeps, over real HTTP. */
@ParameterizedClass
@MethodSource("names")
class ReceiverContractTest {

  /** Strings that break what is put together carelessly. */
  private static final String NASTY = "a \"quoted\" \\ <b>&amp;</b> é 🐦 @everyone {{x}}";

  @Parameter String type = "";

  @AutoClose private final MockWebServer server = new MockWebServer();
  @AutoClose private final Http http = new Http(Map.of());
  private final List<Duration> pauses = new ArrayList<>();
  private final Alerts alerts = new HttpAlerts(http, () -> Instant.EPOCH, pauses::add);

  static Set<String> names() {
    return Receivers.names();
  }

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @Test
  void postsJsonThatHoldsTextCanaryAndExplanation() throws Exception {
    answers(200, "ok");

    assertThat(send(Samples.failed())).isNull();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
    List<String> texts = texts(request);
    assertThat(texts).contains("Failed checks threshold reached 10");
    assertThat(texts).anyMatch(text -> text.contains("rollback: failed check 10 of 10: "));
    assertThat(String.join(" ", texts)).contains("podinfo", "test", "prod");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void every2xxIsSuccess(int status) {
    answers(status, "");

    assertThat(send(Samples.failed())).isNull();
  }

  @Test
  void theBodyOfAnErrorIsToldInOneLineWithoutTheAddress() {
    answers(400, "no\n such  room at /services/s3cret?key=t0ken");

    assertThat(send(Samples.failed()))
        .startsWith("http://127.0.0.1:" + server.getPort() + ": postMessage failed: ")
        .contains("sending notification bad response 400: no such room at")
        .doesNotContain("s3cret", "t0ken", "\n");
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aPassingErrorIsTriedAgain(int status) {
    answers(status, "busy");
    answers(200, "ok");

    assertThat(send(Samples.failed())).isNull();
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aLastingErrorIsGivenUpWithGrowingPauses() {
    for (int i = 0; i < 5; i++) {
      answers(502, "");
    }

    assertThat(send(Samples.failed())).endsWith("(5 attempts)");
    assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L);
    assertThat(server.getRequestCount()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hooks/s3cret", "ftp://host/s3cret", "https:///s3cret", "http://[s3cret"})
  void aBadAddressIsOneClearLineThatDoesNotHoldIt(String address) {
    assertThat(alerts.send(Samples.failed(), Samples.channel(type, address)))
        .isEqualTo(
            "its address is no http or https URL; write for example"
                + " https://hooks.slack.com/services/…");
  }

  @Test
  void whatIsUnusualArrivesAsItIs() throws Exception {
    answers(200, "ok");

    assertThat(send(Samples.saying(NASTY))).isNull();

    assertThat(texts(server.takeRequest())).map(this::shown).anyMatch(text -> text.contains(NASTY));
  }

  @Test
  void whatIsEmptyIsLeftOut() throws Exception {
    answers(200, "ok");

    assertThat(send(Samples.bare(AlertSeverity.WARN))).isNull();

    String body = body(server.takeRequest());
    assertThat(body).doesNotContain("Cluster", "cluster", "Why", "explanation", "rule");
  }

  @Test
  void aLongTextIsAcceptedByChatRooms() throws Exception {
    answers(200, "ok");

    assertThat(send(Samples.saying("🐦".repeat(20_000)))).isNull();

    RecordedRequest request = server.takeRequest();
    if (!Set.of("alertmanager", "webhook").contains(type)) {
      assertThat(texts(request)).allMatch(text -> text.length() <= 1_100);
      assertThat(body(request).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(28_000);
    }
    assertThat(body(request)).doesNotContain("?", "\\ud83d");
  }

  @Test
  void theTypeIsOneOfTheSchema() {
    assertThat(schemaTypes()).contains(type).hasSameSizeAs(names());
  }

  private static Set<String> schemaTypes() {
    try {
      JsonNode crd =
          new YAMLMapper().readTree(Files.readString(Path.of("crds/alertproviders.yaml")));
      JsonNode types =
          crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/type/enum");
      return types.values().stream()
          .map(JsonNode::asString)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String send(Alert alert) {
    String address = "http://127.0.0.1:" + server.getPort() + "/services/s3cret?key=t0ken";
    return alerts.send(alert, Samples.channel(type, address));
  }

  private void answers(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }

  /** All texts in the body. */
  private static List<String> texts(RecordedRequest request) {
    List<String> texts = new ArrayList<>();
    collect(JsonMapper.shared().readTree(body(request)), texts);
    return texts;
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isString()) {
      texts.add(node.asString().replaceAll("</?(font|strong)[^>]*>", ""));
    }
    node.values().forEach(child -> collect(child, texts));
  }

  /** What a chat room that wants escapes shows. */
  private String shown(String text) {
    return Set.of("slack", "gchat").contains(type)
        ? text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
        : text;
  }
}
