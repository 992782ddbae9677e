package io.serin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final Instant AT = Instant.ofEpochMilli(1753000000000L);

  @Test
  void anEventKeepsTheHooksOwnMetadata() {
    Payload own = payload(Map.of("environment", "test"));

    assertThat(own.asEvent("Advance podinfo.test canary weight 10", "Normal", AT).metadata())
        .isEqualTo(
            Map.of(
                "environment", "test",
                "eventMessage", "Advance podinfo.test canary weight 10",
                "eventType", "Normal",
                "timestamp", "1753000000000"));
  }

  @Test
  void ownMetadataCannotReplaceTheEvents() {
    Payload own = payload(Map.of("eventMessage", "a", "eventType", "b", "timestamp", "c"));

    assertThat(own.asEvent("m", "Warning", AT).metadata())
        .isEqualTo(
            Map.of("eventMessage", "m", "eventType", "Warning", "timestamp", "1753000000000"));
  }

  @Test
  void whyIsToldBesideWhatFlaggerTells() {
    Payload own = payload(Map.of("rule", "a", "environment", "test"));

    assertThat(
            own.asEvent("m", "Normal", AT)
                .because("step", "advance: fine (rule 'step')")
                .metadata())
        .isEqualTo(
            Map.of(
                "environment", "test",
                "eventMessage", "m",
                "eventType", "Normal",
                "timestamp", "1753000000000",
                "rule", "step",
                "explanation", "advance: fine (rule 'step')"));
  }

  private static Payload payload(Map<String, String> metadata) {
    return new Payload("podinfo", "test", "Progressing", "x", metadata);
  }
}
