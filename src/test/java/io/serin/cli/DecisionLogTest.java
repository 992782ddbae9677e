package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.record.Recordings;
import io.serin.rollout.LogTeller;
import io.serin.rollout.TickRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The decision record of a tick is one line of JSON whose parts are structured, not texts. */
class DecisionLogTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void quiet() {
    Logging.configure(LogLevel.ERROR, LogEncoding.CONSOLE);
  }

  @Test
  void aTickIsOneLineOfJsonWithFactsAsksProposalsAndEffects() {
    // given
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setOutputStream(out);
    Logging.configure(
        (LoggerContext) LoggerFactory.getILoggerFactory(),
        LogLevel.DEBUG,
        LogEncoding.JSON,
        appender);
    TickRecord advance =
        new Recordings()
            .readFile(Path.of("examples/recordings/success.jsonl"), _ -> {}).stream()
                .flatMap(r -> r.ticks().stream())
                .filter(t -> t.after().weight() == 20 && t.before().weight() == 10)
                .findFirst()
                .orElseThrow();
    KubeObject object = KubeObject.of("flagger.app/v1beta1", "Canary", "demo", "podinfo");
    // when
    new LogTeller().tell(object, Canary.of(object), advance);
    // then
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(1);
    JsonNode line = JsonMapper.shared().readTree(lines.getFirst());
    assertThat(line.path("verdict").stringValue()).isEqualTo("advance");
    assertThat(line.path("rule").stringValue())
        .isEqualTo("advance one step while everything passes");
    assertThat(line.path("policy").stringValue()).isNotEmpty();
    assertThat(line.at("/facts/rollout/weight").intValue()).isEqualTo(10);
    assertThat(line.at("/evidence/metrics/0/outcome").stringValue()).isEqualTo("PASS");
    assertThat(line.at("/asked/0/rule").stringValue()).isNotEmpty();
    assertThat(line.at("/proposals/0/verdict").stringValue()).isEqualTo("advance");
    assertThat(line.path("effects").isArray()).isTrue();
  }
}
