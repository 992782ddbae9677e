package io.serin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.BundledPolicy;
import io.serin.policy.Policy;
import io.serin.record.Masks;
import io.serin.record.Recordings;
import io.serin.record.TickLines;
import io.serin.record.TickRing;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RolloutsApiTest {
  private static final Policy POLICY = BundledPolicy.load();
  private static final List<TickRecord> TICKS =
      new Recordings()
          .readFile(Path.of("examples/recordings/failing-success-rate.jsonl"), _ -> {})
          .getLast()
          .ticks();
  private static final TickRecord LAST = TICKS.getLast();
  private static final String CANARY = "/api/v1/canaries/" + LAST.canary();

  private final TickRing ring = new TickRing();
  @AutoClose private final Metrics metrics = new Metrics();

  @AutoClose
  private final Server server =
      Server.startOnLoopback(0, metrics, List.of(new RolloutsApi(ring, _ -> POLICY)));

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void withoutARolloutTheListIsEmpty() throws Exception {
    assertThat(get("/api/v1/canaries").body()).isEqualTo("{\"canaries\":[]}");
  }

  @Test
  void theListSaysWhereEachRolloutStandsAndWhy() throws Exception {
    TICKS.forEach(ring::add);

    JsonNode one = json("/api/v1/canaries").at("/canaries/0");

    assertThat(one.path("namespace").asString() + "/" + one.path("name").asString())
        .isEqualTo(LAST.canary());
    assertThat(one.path("phase").asString()).isEqualTo(LAST.after().phase().wireName());
    assertThat(one.path("weight").asInt()).isEqualTo(LAST.after().weight());
    assertThat(one.path("verdict").asString()).isEqualTo(LAST.verdict().verb());
    assertThat(one.path("rule").asString()).isEqualTo(LAST.rule());
    assertThat(one.path("reason").asString()).isEqualTo(LAST.verdict().reason());
  }

  @Test
  void theTicksAreLinesOfARecording() throws Exception {
    TICKS.forEach(ring::add);
    TickLines lines = new TickLines(Masks.DEFAULT);

    HttpResponse<String> all = get(CANARY + "/ticks");

    assertThat(all.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    assertThat(all.body().lines().map(lines::read)).isEqualTo(TICKS);
    assertThat(get(CANARY + "/ticks?limit=2").body().lines().map(lines::read))
        .isEqualTo(TICKS.subList(TICKS.size() - 2, TICKS.size()));
    assertThat(get(CANARY + "/ticks?after=" + TICKS.get(1).at()).body().lines())
        .hasSize(TICKS.size() - 2);
    assertThat(get(CANARY + "/ticks?after=" + LAST.at()).body()).isEmpty();
  }

  @Test
  void oneTickIsALineOfARecording() throws Exception {
    TICKS.forEach(ring::add);

    String body = get(CANARY + "/ticks/" + LAST.tick()).body();

    assertThat(new TickLines(Masks.NONE).read(body)).isEqualTo(LAST);
  }

  @Test
  void secretsOfOthersAreMasked() throws Exception {
    String line = new TickLines(Masks.NONE).write(LAST).orElseThrow();
    String reason = LAST.verdict().reason();
    ring.add(new TickLines(Masks.NONE).read(line.replace(reason, "token=abcdef123456")));

    for (String path : List.of("", "/ticks", "/ticks/" + LAST.tick(), "/explanation")) {
      String at = path.isEmpty() ? "/api/v1/canaries" : CANARY + path;
      assertThat(get(at).body()).as(at).contains("token=***").doesNotContain("abcdef123456");
    }
  }

  @Test
  void theNewestTickIsExplainedUnlessAnotherIsNamed() throws Exception {
    TICKS.forEach(ring::add);

    JsonNode last = json(CANARY + "/explanation");
    JsonNode first = json(CANARY + "/explanation?tick=" + TICKS.getFirst().tick());

    assertThat(last.path("tick").asLong()).isEqualTo(LAST.tick());
    assertThat(last.at("/explanation/rule").asString()).isEqualTo(LAST.rule());
    assertThat(first.path("tick").asLong()).isEqualTo(TICKS.getFirst().tick());
  }

  @Test
  void errorsAreOneLineOfJson() throws Exception {
    TICKS.forEach(ring::add);

    refused(404, "/api/v1/canaries/no/where/ticks", "no tick of canary no/where is kept");
    refused(404, CANARY + "/ticks/9999", "tick 9999 of canary " + LAST.canary());
    refused(404, CANARY + "/explanation?tick=9999", "is not kept; there are");
    refused(400, CANARY + "/ticks/x", "tick 'x' is no whole number");
    refused(400, CANARY + "/ticks?limit=0", "limit '0' is no whole number");
    refused(400, CANARY + "/ticks?after=noon", "after 'noon' is no time");
  }

  private void refused(int status, String path, String error) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JsonMapper.shared().readTree(response.body()).path("error").asString())
        .contains(error)
        .hasLineCount(1);
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    return JsonMapper.shared().readTree(response.body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
