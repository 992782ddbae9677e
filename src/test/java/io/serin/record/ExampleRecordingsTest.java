package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.BundledPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recordings that the project ships were made by the demo and mean what they say. */
class ExampleRecordingsTest {

  private static final Path EXAMPLES = Path.of("examples/recordings");

  static List<Path> recordings() {
    try (var files = Files.list(EXAMPLES)) {
      return files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereIsOneForEachStory() {
    assertThat(recordings())
        .map(f -> f.getFileName().toString())
        .containsExactly(
            "closed-gate.jsonl",
            "failing-latency.jsonl",
            "failing-success-rate.jsonl",
            "new-revision.jsonl",
            "no-data.jsonl",
            "success.jsonl");
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void theDefaultPolicyDecidesEachTickAsItDidThen(Path file) {
    Replay.Result result = new Replay(BundledPolicy.load(), Progress.NONE).of(file, Shard.ALL);
    assertThat(result.problems()).isEmpty();
    assertThat(result.ticks()).isPositive().isEqualTo(result.same());
  }
}
