package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.policy.Policy;
import io.serin.rollout.TickRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {

  private static final Policy STRICT = Story.policy(Story.STRICT);

  @TempDir private Path directory;
  private final List<String> problems = new ArrayList<>();
  private final List<TickRecord> run = Story.under(STRICT).rates(99, 90).ticks();

  @Test
  void brokenLinesAreNamedAndTheOthersCount() throws IOException {
    Path file = directory.resolve("a.jsonl");
    Files.writeString(file, line(0) + "oops\n\n" + line(1) + line(2).substring(0, 300));

    List<Recording> read = new Recordings().read(file, problems::add).toList();

    assertThat(read).containsExactly(new Recording("a", run.subList(0, 2)));
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).startsWith(file + ":2: ").doesNotContain("\n");
    assertThat(problems.get(1)).startsWith(file + ":5: ");
  }

  @Test
  void aLineOfANewerMajorVersionIsRefusedByName() throws IOException {
    Path file = directory.resolve("a.jsonl");
    Files.writeString(file, line(0).replace("\"1.2\"", "\"3.1\"") + line(1));

    assertThat(new Recordings().read(file, problems::add)).hasSize(1);
    assertThat(problems).singleElement().asString().contains(":1: version 3.1 is not readable");
  }

  @Test
  void aFileOfTwoRunsHoldsTwoRecordings() throws IOException {
    Files.writeString(
        directory.resolve("a.jsonl"), line(0) + line(1) + line(2) + line(0) + line(1));

    assertThat(new Recordings().read(directory, problems::add))
        .containsExactly(new Recording("a", run), new Recording("a#2", run.subList(0, 2)));
  }

  @Test
  void ofATornCompressedFileTheWholeLinesCount() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes, true)) {
      gzip.write(line(0).getBytes(StandardCharsets.UTF_8));
      gzip.flush();
      gzip.write(line(1).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(
        directory.resolve("a.jsonl.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));

    assertThat(new Recordings().read(directory, problems::add))
        .singleElement()
        .satisfies(r -> assertThat(r.ticks()).startsWith(run.getFirst()));
    assertThat(problems).last().asString().contains("the rest cannot be read");
  }

  @Test
  void filesOfADirectoryAreReadByName() throws IOException {
    Files.writeString(directory.resolve("b.jsonl"), line(0));
    Files.createDirectories(directory.resolve("a"));
    Files.writeString(directory.resolve("a/c.jsonl"), line(0));
    Files.writeString(directory.resolve("readme.txt"), "nothing");

    assertThat(new Recordings().read(directory, problems::add))
        .extracting(Recording::name)
        .containsExactly("c", "b");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Recordings.files(directory.resolve("nowhere")))
        .hasMessageContaining("nowhere do not exist; name a .jsonl file");
    assertThatThrownBy(() -> Recordings.files(directory))
        .hasMessageContaining("holds no recordings");
  }

  private String line(int tick) {
    LineFormat format = new LineFormat();
    return format.text(format.tree(run.get(tick))) + "\n";
  }
}
