package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.serin.api.WebhookType;
import io.serin.fact.Evidence;
import io.serin.fact.Gate;
import io.serin.policy.Policy;
import io.serin.policy.Proposal;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {

  private static final Policy STRICT = Story.policy(Story.STRICT);

  @TempDir private Path directory;
  private final List<String> problems = new ArrayList<>();

  @Test
  void aRunGetsAFileOfItsOwn() throws IOException {
    Story story = Story.under(STRICT).rates(99, 99, 90);

    write(RecordingOptions.of(directory), story);

    assertThat(files()).containsExactly("test_story_20260302T100000Z.jsonl");
    assertThat(read()).containsExactly(new Recording("test_story_20260302T100000Z", story.ticks()));
    assertThat(problems).isEmpty();
  }

  @Test
  void idleTicksAreNotRecorded() throws IOException {
    Story story = Story.under(STRICT).rates(90, 99, 99);

    write(RecordingOptions.of(directory), story);

    assertThat(read().getFirst().ticks()).isEqualTo(story.ticks().subList(0, 2));
  }

  @Test
  void theNextRunOfTheSameSecondGetsAnotherFile() throws IOException {
    write(RecordingOptions.of(directory), Story.under(STRICT).rates(90));
    write(RecordingOptions.of(directory), Story.under(STRICT).rates(90));

    assertThat(files())
        .containsExactly(
            "test_story_20260302T100000Z.jsonl", "test_story_20260302T100000Z_2.jsonl");
  }

  @Test
  void aFinishedRunIsCompressed() throws IOException {
    Story story = Story.under(STRICT).rates(99, 90);

    write(RecordingOptions.of(directory).gzipped(), story);

    assertThat(files()).containsExactly("test_story_20260302T100000Z.jsonl.gz");
    assertThat(read().getFirst().ticks()).isEqualTo(story.ticks());
  }

  @Test
  void aRunUnderWayIsPlainAndOneOfADeletedCanaryIsFinished() throws IOException {
    RecordingWriter writer = new RecordingWriter(RecordingOptions.of(directory).gzipped());
    Story.under(STRICT).rates(99).ticks().forEach(writer::append);
    assertThat(files()).containsExactly("test_story_20260302T100000Z.jsonl");

    writer.forget("test", "story");

    assertThat(files()).containsExactly("test_story_20260302T100000Z.jsonl.gz");
  }

  @Test
  void secretsDoNotGetIntoAFile() throws IOException {
    TickRecord tick = Story.under(STRICT).ticks().getFirst();
    Gate gate = new Gate("g", WebhookType.ROLLOUT, 0, false, false, "denied token=hunter2");
    Evidence evidence = new Evidence(List.of(gate), List.of(), null);
    RecordingWriter writer = new RecordingWriter(RecordingOptions.of(directory));

    writer.append(Samples.with(tick, "evidence", evidence));

    assertThat(Files.readString(directory.resolve(files().getFirst())))
        .contains("denied token=***")
        .doesNotContain("hunter2");
  }

  @Test
  void aFullFileTakesNoMoreTicks() throws IOException {
    Story story = Story.under(STRICT).rates(99, 99, 99, 99, 90);

    write(RecordingOptions.of(directory).capped(10_000, 6_000), story);

    assertThat(Files.size(directory.resolve(files().getFirst()))).isBetween(1_000L, 6_000L);
    assertThat(read().getFirst().ticks())
        .isEqualTo(story.ticks().subList(0, read().getFirst().ticks().size()));
  }

  @Test
  void aLongLineLosesWhatNoDecisionNeeds() throws IOException {
    TickRecord tick = Story.under(STRICT).ticks().getFirst();
    Proposal wordy =
        new Proposal("r", tick.verdict(), Collections.nCopies(1000, tick.facts().rollout()));

    new RecordingWriter(RecordingOptions.of(directory).capped(5_000, 1 << 20))
        .append(tick.withProposals(List.of(wordy)));

    TickRecord read = read().getFirst().ticks().getLast();
    assertThat(read.proposals()).containsExactly(new Proposal("r", tick.verdict(), List.of()));
    assertThat(read.facts()).isEqualTo(tick.facts());
    assertThat(Files.readString(directory.resolve(files().getFirst())))
        .contains("\"shortened\":[\"because\"]");
  }

  @Test
  void aLineThatCannotBeShortenedIsLeftOut() throws IOException {
    write(RecordingOptions.of(directory).capped(500, 1 << 20), Story.under(STRICT).rates(99, 90));

    assertThat(files()).isEmpty();
  }

  @Test
  void aDiskThatFailsDoesNotTouchTheTick() throws IOException {
    Path occupied = Files.createFile(directory.resolve("occupied"));

    assertThatCode(() -> write(RecordingOptions.of(occupied), Story.under(STRICT).rates(99, 90)))
        .doesNotThrowAnyException();
  }

  private static void write(RecordingOptions options, Story story) {
    RecordingWriter writer = new RecordingWriter(options);
    story.ticks().forEach(writer::append);
  }

  private List<Recording> read() {
    return new Recordings().read(directory, problems::add).toList();
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
