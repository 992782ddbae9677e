package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.fact.Verdict;
import io.serin.policy.Proposal;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gives what {@link LineFormat} gives, without what no replay looks at. */
class ReplayFormatTest {

  private final LineFormat whole = new LineFormat();
  private final ReplayFormat format = new ReplayFormat();
  private final TickRecord tick = new Samples(1).tick();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void whatAReplayLooksAtIsReadAsItWas(long seed) {
    TickRecord any = new Samples(seed).tick();

    assertThat(read(write(any))).isEqualTo(withoutTheRest(any));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesAreReadAsLineFormatReadsThem(Path file) throws IOException {
    assertThat(Files.readAllLines(file))
        .allSatisfy(line -> assertThat(read(line)).isEqualTo(withoutTheRest(whole.read(line))));
  }

  @ParameterizedTest
  @MethodSource("io.serin.record.LineFormatTest#verdicts")
  void everyVerdictIsRead(Class<? extends Verdict> type) {
    Verdict verdict = new Samples(7).some(type);
    TickRecord any = tick.withProposals(List.of(new Proposal("r", verdict, List.of())));

    assertThat(read(write(any))).isEqualTo(withoutTheRest(any));
  }

  @Test
  void fieldsMayBeMissingNewOrInAnotherOrder() {
    var line = whole.tree(tick);
    line.remove("refused");
    line.withObject("/facts").remove("interventions");
    line.withObject("/facts/rollout").remove("interval");
    line.withObject("/facts/rollout").putArray("moon").addObject().put("full", true);
    var canary = line.remove("canary");
    line.set("canary", canary);
    String text = whole.text(line);

    assertThat(read(text)).isEqualTo(withoutTheRest(whole.read(text)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whatHasAnotherShapeIsReadWhole(UnaryOperator<String> otherwise) {
    String line = otherwise.apply(write(tick));

    assertThat(read(line)).isEqualTo(whole.read(line));
  }

  static Stream<UnaryOperator<String>> shapes() {
    return Stream.of(
        line -> line.replaceFirst("\"tick\":(-?\\d+)", "\"tick\":\"$1\""),
        line -> line.replaceFirst("\"weight\":(-?\\d+)", "\"weight\":$1.0"),
        line -> line.replaceFirst("\"mirror\":(true|false)", "\"mirror\":null"),
        line -> line.replaceFirst("\"hooks\":\\[", "\"hooks\":null,\"other\":["));
  }

  @Test
  void aValueThatIsNoNumberIsRead() {
    TickRecord any = Samples.immeasurable(tick);

    assertThat(read(write(any)).evidence()).isEqualTo(any.evidence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "nonsense",
        "{\"version\":\"one\"}",
        "{\"version\":\"2.0\"}",
        "{\"version\":\"1.0\"}",
        "{\"version\":\"1.0\",\"at\":7,",
        "{\"version\":\"1.0\",\"verdict\":{\"verb\":\"explode\"}}"
      })
  void whatIsNoTickIsRefusedWithTheSameWords(String line) {
    String words = refusal(() -> whole.read(line));

    assertThat(refusal(() -> read(line))).isEqualTo(words);
  }

  @Test
  void somethingBehindATickIsRefused() {
    assertThatThrownBy(() -> read(write(tick) + " 7")).isInstanceOf(RecordingException.class);
  }

  static Stream<Path> examples() throws IOException {
    try (var files = Files.list(Path.of("examples/recordings"))) {
      return files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList().stream();
    }
  }

  private static TickRecord withoutTheRest(TickRecord tick) {
    TickRecord some = tick;
    for (String list : List.of("asked", "effects", "told", "shadows")) {
      some = Samples.with(some, list, List.of());
    }
    return Samples.with(some, "took", Duration.ZERO)
        .withProposals(
            tick.proposals().stream()
                .map(p -> new Proposal(p.rule(), p.verdict(), List.of()))
                .toList());
  }

  private static String refusal(Runnable reading) {
    try {
      reading.run();
    } catch (RecordingException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("is not refused");
  }

  private TickRecord read(String line) {
    byte[] bytes = ("??" + line + "\n{").getBytes(StandardCharsets.UTF_8);
    return format.read(bytes, 2, bytes.length - 4);
  }

  private String write(TickRecord any) {
    return whole.text(whole.tree(any));
  }
}
