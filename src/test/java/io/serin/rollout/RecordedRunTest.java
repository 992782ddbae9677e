package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.record.Progress;
import io.serin.record.RecordingOptions;
import io.serin.record.RecordingWriter;
import io.serin.record.Recordings;
import io.serin.record.Replay;
import io.serin.record.Shard;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real run under the default policy, from the first sight of the Canary to the promotion,
 * recorded and replayed.
 */
class RecordedRunTest {

  @TempDir private Path directory;

  @Test
  void theDefaultPolicyDecidesItsOwnRecordingTheSame() {
    Scenario scenario =
        new Scenario(
                "gatewayapi:v1",
                """
                maxWeight: 50
                stepWeight: 10
                metrics:
                - {name: request-success-rate, thresholdRange: {min: 99}, interval: 1m}
                - {name: request-duration, thresholdRange: {max: 500}, interval: 1m}
                """)
            .progressing();
    scenario.intervals(9);
    RecordingWriter writer = new RecordingWriter(RecordingOptions.of(directory).gzipped());

    scenario.records.forEach(writer::append);

    assertThat(scenario.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(new Recordings().read(directory, RecordedRunTest::fail))
        .extracting(r -> r.ticks().getLast().after().phase())
        .containsExactly(Phase.INITIALIZED, Phase.SUCCEEDED);
    assertThat(
            new Recordings()
                .read(directory, RecordedRunTest::fail)
                .flatMap(r -> r.ticks().stream()))
        .isSubsetOf(scenario.records);
    Replay.Result result =
        new Replay(Scenario.DEFAULT_POLICY, Progress.NONE).of(directory, Shard.ALL);
    assertThat(result.ticks()).isGreaterThan(8);
    assertThat(result.same()).isEqualTo(result.ticks());
  }

  private static void fail(String problem) {
    throw new AssertionError(problem);
  }
}
