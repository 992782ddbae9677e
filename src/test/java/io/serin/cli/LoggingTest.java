package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import io.serin.api.LoggingKeys;
import io.serin.api.Phase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoggingTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void anEntryIsOneJsonObjectWithFlaggersFieldsAndTheKeyValues() {
    Logger log = configured(LogLevel.INFO, LogEncoding.JSON, "io.serin.rollout.Tick");

    log.atWarn()
        .addKeyValue(LoggingKeys.CANARY, "podinfo.test")
        .addKeyValue(LoggingKeys.WEIGHT, 20)
        .addKeyValue(LoggingKeys.PHASE, Phase.PROGRESSING)
        .log("Halt advancement");

    JsonNode entry = new JsonMapper().readTree(text());
    assertThat(entry.propertyNames())
        .containsExactly("level", "ts", "logger", "msg", "canary", "weight", "phase");
    assertThat(entry.get("level").stringValue()).isEqualTo("warn");
    assertThat(entry.get("msg").stringValue()).isEqualTo("Halt advancement");
    assertThat(entry.get("logger").stringValue()).isEqualTo("io.serin.rollout.Tick");
    assertThat(entry.get("weight").intValue()).isEqualTo(20);
    assertThat(Instant.parse(entry.get("ts").stringValue())).isBefore(Instant.now().plusSeconds(1));
  }

  @Test
  void anExceptionStaysOnTheLineOfItsEntry() {
    Logger log = configured(LogLevel.INFO, LogEncoding.JSON, "io.serin.X");

    log.error("Tick failed", new IllegalStateException("on purpose"));

    assertThat(text().lines()).hasSize(1);
    assertThat(new JsonMapper().readTree(text()).get("stacktrace").stringValue())
        .contains("on purpose", "at io.serin.cli.LoggingTest");
  }

  @Test
  void theConsoleEncodingIsALineOfText() {
    Logger log = configured(LogLevel.INFO, LogEncoding.CONSOLE, "io.serin.X");

    log.atInfo().addKeyValue(LoggingKeys.CANARY, "podinfo.test").log("Promoted");

    assertThat(text()).contains("INFO", "Promoted canary=\"podinfo.test\"");
  }

  @ParameterizedTest
  @CsvSource({"DEBUG, 4", "INFO, 3", "WARN, 2", "ERROR, 1"})
  void ourOwnLoggersHaveTheLevelAskedFor(LogLevel level, int entries) {
    logOnEachLevel(configured(level, LogEncoding.CONSOLE, "io.serin.X"));

    assertThat(text().lines()).hasSize(entries);
  }

  @ParameterizedTest
  @EnumSource
  void librariesNeverSayLessThanAWarning(LogLevel level) {
    for (String library : new String[] {"org.drools", "io.fabric8", "io.vertx", "org.apache.hc"}) {
      logOnEachLevel(configured(level, LogEncoding.CONSOLE, library + ".X"));
    }

    assertThat(text()).doesNotContain("DEBUG", "INFO").contains("ERROR");
  }

  @Test
  void configuringAgainReplaces() {
    configured(LogLevel.INFO, LogEncoding.CONSOLE, "io.serin.X");
    Logger log = configured(LogLevel.INFO, LogEncoding.CONSOLE, "io.serin.X");

    log.info("once");

    assertThat(text().lines()).hasSize(1);
  }

  private static void logOnEachLevel(Logger log) {
    log.debug("entry");
    log.info("entry");
    log.warn("entry");
    log.error("entry");
  }

  private Logger configured(LogLevel level, LogEncoding encoding, String name) {
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setOutputStream(written);
    context.setMDCAdapter(new LogbackMDCAdapter());
    Logging.configure(context, level, encoding, appender);
    return context.getLogger(name);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
