package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.fact.Verdict;
import io.serin.policy.Ask;
import io.serin.policy.Asked;
import io.serin.policy.Proposal;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {

  private final LineFormat format = new LineFormat();
  private final TickRecord tick = new Samples(1).tick();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void aTickComesBackAsItWas(long seed) {
    TickRecord any = new Samples(seed).tick();

    assertThat(format.read(write(any))).isEqualTo(any);
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void everyVerdictComesBackAsItWas(Class<? extends Verdict> type) {
    Verdict verdict = new Samples(7).some(type);
    TickRecord any = tick.withProposals(List.of(new Proposal("r", verdict, List.of())));

    assertThat(format.read(write(any)).proposals().getFirst().verdict()).isEqualTo(verdict);
    assertThat(write(any)).contains("\"verb\":\"" + verdict.verb() + "\"");
  }

  @ParameterizedTest
  @MethodSource("asks")
  void everyAskComesBackAsItWas(Class<? extends Ask> type) {
    Ask ask = new Samples(7).some(type);
    TickRecord any = asking(ask);

    assertThat(format.read(write(any)).asked()).containsExactly(new Asked("r", ask));
  }

  @Test
  void aValueThatIsNoNumberComesBack() {
    TickRecord any = Samples.immeasurable(tick);

    assertThat(format.read(write(any)).evidence()).isEqualTo(any.evidence());
  }

  @Test
  void fieldsStandInTheDocumentedOrder() {
    assertThat(format.tree(full()).propertyNames())
        .containsExactly(
            "version",
            "canary",
            "tick",
            "at",
            "policy",
            "facts",
            "asked",
            "evidence",
            "proposals",
            "verdict",
            "refused",
            "trouble",
            "before",
            "after",
            "effects",
            "told",
            "took",
            "backfilled",
            "shadows");
  }

  @Test
  void aLineIsOneLine() {
    assertThat(write(tick)).doesNotContain("\n");
  }

  @Test
  void factsAreNamedRatherThanRepeatedWithProposals() {
    assertThat(format.tree(tick).at("/proposals/0/because/0").stringValue()).isEqualTo("rollout");
  }

  @Test
  void unknownFieldsAreIgnored() {
    String line =
        write(tick).replace("\"facts\":{", "\"mood\":{\"a\":1},\"facts\":{\"moon\":\"full\",");

    assertThat(format.read(line)).isEqualTo(tick);
  }

  @Test
  void aNewerMinorVersionIsRead() {
    assertThat(format.read(write(tick).replace("\"version\":\"1.2\"", "\"version\":\"1.7\"")))
        .isEqualTo(tick);
  }

  @Test
  void missingListsAreEmptyAndMissingNumbersZero() {
    var line = format.tree(tick);
    line.remove("told");
    line.withObject("/facts").remove("interventions");
    line.withObject("/facts/rollout").remove("interval");

    TickRecord read = format.read(format.text(line));

    assertThat(read.told()).isEmpty();
    assertThat(read.facts().interventions()).isEmpty();
    assertThat(read.facts().rollout().interval()).isZero();
  }

  @Test
  void aNewerMajorVersionIsRefused() {
    String line = write(tick).replace("\"version\":\"1.2\"", "\"version\":\"2.0\"");

    assertThatThrownBy(() -> format.read(line))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("version 2.0 is not readable by this Serin, which reads 1.x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "nonsense",
        "{\"version\":1}",
        "{\"version\":\"one\"}",
        "{\"version\":\"1.0\"}",
        "{\"version\":\"1.0\",\"canary\":\"a/b\",\"facts\":{}}",
        "{\"version\":\"1.0\",\"at\":7,",
        "{\"version\":\"1.0\",\"verdict\":{\"verb\":\"explode\"}}",
        "{\"version\":\"99999999999.0\"}"
      })
  void whatIsNoTickIsRefusedInOneLine(String line) {
    assertThatThrownBy(() -> format.read(line))
        .isInstanceOf(RecordingException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void theDocumentedExampleIsALineAsItIsWritten() throws IOException {
    String page = Files.readString(Path.of("docs/recordings.md"));
    String example = page.substring(page.indexOf("```json") + 7);
    String line =
        LineFormat.mapper().readTree(example.substring(0, example.indexOf("```"))).toString();

    assertThat(write(format.read(line))).isEqualTo(line);
  }

  private String write(TickRecord any) {
    return format.text(format.tree(any));
  }

  private TickRecord full() {
    TickRecord refused = Samples.with(tick, "refused", "refused");
    return Samples.with(Samples.with(refused, "trouble", "trouble"), "backfilled", "events");
  }

  private TickRecord asking(Ask ask) {
    return Samples.with(tick, "asked", List.of(new Asked("r", ask)));
  }

  static Stream<Class<?>> verdicts() {
    return records(Verdict.class).stream();
  }

  static Stream<Class<?>> asks() {
    return records(Ask.class).stream();
  }

  private static List<Class<?>> records(Class<?> type) {
    List<Class<?>> records = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      records.addAll(permitted.isSealed() ? records(permitted) : List.of(permitted));
    }
    return records;
  }
}
