package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.webhook.Answer;
import io.serin.webhook.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What event webhooks are sent. */
class EventHookTellerTest {

  @Test
  void theMessageIsFlaggersAndTheReasonStandsBesideIt() {
    Scenario run = new Scenario("istio", STEPS).progressing().interval();

    List<Map<String, String>> sent = sent(run);

    assertThat(sent)
        .extracting(metadata -> metadata.get("eventMessage"))
        .containsExactly(
            "Starting canary analysis for podinfo.test", "Advance podinfo.test canary weight 10");
    assertThat(sent.getFirst()).doesNotContainKeys("rule", "explanation");
    assertThat(sent.getLast())
        .containsEntry("rule", "take the first step once every pre-rollout hook passes")
        .containsEntry(
            "explanation",
            "advance: first step, from 0 to 10"
                + " (rule 'take the first step once every pre-rollout hook passes')");
  }

  /** Metadata of the calls that tell the last tick. */
  private static List<Map<String, String>> sent(Scenario run) {
    List<Payload> payloads = new ArrayList<>();
    try (var teller =
        new EventHookTeller(
            (_, payload) -> {
              payloads.add(payload);
              return new Answer(true, "");
            },
            "http://hooks/")) {
      teller.tell(run.object(), run.canary(), run.last());
    }
    return payloads.stream().map(Payload::metadata).toList();
  }
}
