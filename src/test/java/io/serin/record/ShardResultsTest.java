package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardResultsTest {

  private static final Path EXAMPLES = Path.of("examples/recordings");
  private static final Policy STRICT = Story.policy(Story.STRICT);
  private static final Policy PATIENT = Story.policy(Story.PATIENT);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"replay, 4", "replay, 1", "comparison, 2", "what-if, 4", "what-if, 9"})
  void allShardsTogetherAreTheWhole(String kind, int shards) throws IOException {
    write(kind, shards, STRICT);

    assertThat(ShardResults.merge(List.of(directory))).isEqualTo(replay(kind, Shard.ALL, STRICT));
  }

  @Test
  void filesOfSeveralRunsAndLinesThatCannotBeReadKeepTheirPlace() throws IOException {
    Path recordings = Files.createDirectories(directory.resolve("recordings"));
    String text = Files.readString(EXAMPLES.resolve("success.jsonl"));
    Files.writeString(recordings.resolve("a.jsonl"), "oops\n" + text + text);
    Files.writeString(recordings.resolve("b.jsonl"), text);
    Files.writeString(recordings.resolve("c.jsonl"), text + "oops\n");
    Function<Shard, ReplayResult> replay =
        shard -> new Replay(STRICT, Progress.NONE).of(recordings, shard);
    for (int i = 0; i < 2; i++) {
      write("shard" + i, replay.apply(new Shard(i, 2)));
    }

    assertThat(ShardResults.merge(List.of(directory))).isEqualTo(replay.apply(Shard.ALL));
  }

  @Test
  void filesAreNamedOneByOneInAnyOrder() throws IOException {
    write("replay", 2, STRICT);

    assertThat(
            ShardResults.merge(
                List.of(directory.resolve("shard1.json"), directory.resolve("shard0.json"))))
        .isEqualTo(replay("replay", Shard.ALL, STRICT));
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    write("replay", 3, STRICT);
    Files.delete(directory.resolve("shard1.json"));

    assertRefused("shard 1/3 is missing; replay it and name its result, too");
  }

  @Test
  void aShardThatIsThereTwiceIsNamed() throws IOException {
    write("replay", 2, STRICT);
    Files.copy(directory.resolve("shard1.json"), directory.resolve("copy.json"));

    assertRefused("shard 1/2 is there twice: ");
  }

  @Test
  void shardsOfDifferentQuestionsAreRefused() throws IOException {
    write("replay", 2, STRICT);
    write("shard1", replay("replay", new Shard(1, 2), PATIENT));
    assertRefused("merge shards of one replay");

    write("shard1", replay("what-if", new Shard(1, 2), STRICT));
    assertRefused("is a simulation with " + STRICT.digest());

    write("shard1", replay("replay", new Shard(1, 3), STRICT));
    assertRefused("in 3 shards");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | is no result of serin replay -o json: ",
        "'' | is no result of serin replay -o json: ",
        "[1] | is no result of serin replay -o json: ",
        "{\"canary\":1} | it holds neither replayed ticks nor rollouts",
        "{\"replayed\":7} | is no result of serin replay -o json: ",
        "{\"replayed\":[],\"recordings\":2,\"part\":{\"index\":0,\"of\":1,\"files\":[]}} |"
            + " contradicts itself"
      })
  void whatIsNoResultIsNamedInOneLine(String text, String expected) throws IOException {
    Files.writeString(directory.resolve("bad.json"), text);

    assertRefused(expected);
    assertRefused("bad.json");
  }

  @Test
  void aResultOfEverythingIsNoShard() throws IOException {
    write("whole", replay("replay", Shard.ALL, STRICT));
    assertThat(ShardResults.merge(List.of(directory)))
        .isEqualTo(replay("replay", Shard.ALL, STRICT));

    write("shard0", replay("replay", new Shard(0, 2), STRICT));
    assertRefused("whole.json is not the result of a shard");
  }

  @Test
  void whereThereIsNothingThatIsSaid() {
    assertRefused("holds no *.json files");
    assertThatThrownBy(() -> ShardResults.merge(List.of(directory.resolve("nowhere.json"))))
        .hasMessageContaining("nowhere.json cannot be read");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> ShardResults.merge(List.of(directory)))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
  }

  private void write(String kind, int shards, Policy policy) throws IOException {
    for (int i = 0; i < shards; i++) {
      write("shard" + i, replay(kind, new Shard(i, shards), policy));
    }
  }

  private void write(String name, ReplayResult result) throws IOException {
    Files.writeString(directory.resolve(name + ".json"), Json.of((Record) result));
  }

  private static ReplayResult replay(String kind, Shard shard, Policy policy) {
    return switch (kind) {
      case "replay" -> new Replay(policy, Progress.NONE).of(EXAMPLES, shard);
      case "comparison" -> Comparison.withRecorded(policy, Progress.NONE).of(EXAMPLES, shard);
      default -> new WhatIf(policy, Progress.NONE).of(EXAMPLES, shard);
    };
  }
}
