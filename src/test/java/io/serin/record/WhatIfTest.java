package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric.Outcome;
import io.serin.policy.DrlFile;
import io.serin.policy.Policy;
import io.serin.policy.PolicySource;
import io.serin.record.SimulatedRollout.Ending;
import io.serin.rollout.RecordedLife;
import io.serin.rollout.TickRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhatIfTest {

  private static final Policy DEFAULT = RecordedLife.DEFAULT_POLICY;

  /** Weight 10 is held at the first tick after which it was reached. */
  private static final Policy SLOW =
      with(
          """
          rule "stay a while" when Rollout( weight == 10 ) not Streak() then decide.hold( "not yet" ); end
          """);

  private static final Policy STRICT =
      with(
          """
          rule "no patience"
          when Rollout( analysing ) Metric( outcome != Outcome.PASS )
          then decide.rollback( "one is enough" ); end
          """);

  // ── the same policy ─────────────────────────────────────────────────────────────────────────

  private static final List<Recording> RECORDINGS = examplesAndGenerated().toList();

  static List<Recording> recordings() {
    return RECORDINGS;
  }

  private static Stream<Recording> examplesAndGenerated() {
    Stream<Recording> examples =
        new Recordings().read(Path.of("examples/recordings"), WhatIfTest::fail);
    Stream<Recording> generated =
        Arrays.stream(RecordedLife.Way.values())
            .flatMap(
                way -> IntStream.range(0, 3).boxed().flatMap(seed -> runs(way, seed).stream()));
    return Stream.concat(examples, generated);
  }

  private static List<Recording> runs(RecordedLife.Way way, int seed) {
    List<Recording> runs = new ArrayList<>();
    RunAssembly assembly = new RunAssembly(way + " " + seed, (run, _) -> runs.add(run));
    RecordedLife.of(way, seed).stream().filter(Runs::belongs).forEach(assembly::add);
    assembly.end();
    return runs;
  }

  private static void fail(String problem) {
    throw new AssertionError(problem);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void thePolicyOfTheRecordingNeverPartsFromIt(Recording recording) {
    SimulatedRollout rollout = simulate(DEFAULT, recording);

    assertThat(rollout.parted()).isNull();
    assertThat(rollout.simulated()).isEqualTo(rollout.recorded());
  }

  /** Nothing is taken from the recorded course here: each standing follows from the one before. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void simulatedSteadilyItTakesTheRecordedCourse(Recording recording) {
    Simulation simulation = new Simulation(DEFAULT, recording.ticks());
    simulation.partBefore(recording.ticks().getFirst());

    for (TickRecord tick : recording.ticks()) {
      Simulation.Step step = simulation.step(tick);

      assertThat(step.course()).as("tick %s", tick.tick()).isEqualTo(Course.of(tick.verdict()));
      assertThat(step.after()).as("tick %s", tick.tick()).isEqualTo(tick.after());
    }
  }

  @Test
  void theRecordingsAboveEndInEveryWay() {
    assertThat(RECORDINGS.stream().map(recording -> simulate(DEFAULT, recording).recorded().end()))
        .contains(
            SimulatedEnd.PROMOTED,
            SimulatedEnd.ROLLED_BACK,
            SimulatedEnd.WITHDRAWN,
            SimulatedEnd.INITIALISED,
            SimulatedEnd.UNFINISHED);
  }

  // ── another policy ──────────────────────────────────────────────────────────────────────────

  @Test
  void anEarlierStopEndsTheSimulation() {
    SimulatedRollout rollout =
        simulate(STRICT, recorded(DEFAULT, Outcome.PASS, Outcome.FAIL, Outcome.FAIL));

    assertThat(rollout.recorded())
        .isEqualTo(new Ending(SimulatedEnd.ROLLED_BACK, Phase.FAILED, 0, 6, 4, 180, 20.0));
    assertThat(rollout.simulated())
        .isEqualTo(new Ending(SimulatedEnd.ROLLED_BACK, Phase.FAILED, 0, 5, 3, 120, 10.0));
    assertThat(Objects.requireNonNull(rollout.parted()))
        .isEqualTo(
            new SimulatedRollout.Parting(
                5,
                "halt",
                "a check that does not pass halts the rollout",
                "rollback",
                "no patience",
                "one is enough"));
    assertThat(rollout.timeline().getLast().simulated()).isNull();
  }

  @Test
  void aLaterStepIsTakenAtTheSimulatedWeight() {
    // recorded: 10, 20, 30, promoting; simulated: 10, 10, 20, 30
    SimulatedRollout rollout =
        simulate(SLOW, recorded(DEFAULT, Outcome.PASS, Outcome.PASS, Outcome.PASS, Outcome.PASS));

    assertThat(rollout.timeline())
        .extracting(SimulatedRollout.Moment::recordedWeight)
        .containsExactly(0, 10, 20, 30, 30);
    assertThat(rollout.timeline())
        .extracting(SimulatedRollout.Moment::simulatedWeight)
        .containsExactly(0, 10, 10, 20, 30);
    assertThat(rollout.simulated().words()).isEqualTo("unfinished at weight 30 (Progressing)");
    assertThat(rollout.simulated().percentMinutes()).isEqualTo(40.0);
  }

  @Test
  void aFasterPolicyPromotesEarlier() {
    SimulatedRollout rollout = simulate(DEFAULT, recorded(SLOW, passes(8)));

    assertThat(rollout.recorded().end()).isEqualTo(SimulatedEnd.PROMOTED);
    assertThat(rollout.simulated().end()).isEqualTo(SimulatedEnd.PROMOTED);
    assertThat(rollout.simulated().tick()).isEqualTo(rollout.recorded().tick() - 1);
    assertThat(rollout.simulated().seconds()).isEqualTo(rollout.recorded().seconds() - 60);
  }

  @Test
  void aSlowerPolicyCannotBeToldOnceNothingIsMeasuredAnyMore() {
    SimulatedRollout rollout = simulate(SLOW, recorded(DEFAULT, passes(7)));

    assertThat(rollout.recorded().end()).isEqualTo(SimulatedEnd.PROMOTED);
    assertThat(rollout.simulated().end()).isEqualTo(SimulatedEnd.CANNOT_TELL);
    assertThat(rollout.simulated().weight()).isEqualTo(30);
    assertThat(rollout.note()).contains("no answer for metric request-success-rate");
  }

  @Test
  void failedChecksAreCountedOnTheSimulatedCourse() {
    // a check that was not halted for brings the simulation nearer to its threshold of two
    Policy patient =
        replaced("analysis.drl", "Rollout( analysing, !lastChance )", "Rollout( deleted )");

    SimulatedRollout rollout =
        simulate(
            DEFAULT, recorded(patient, Outcome.PASS, Outcome.FAIL, Outcome.PASS, Outcome.FAIL));

    assertThat(rollout.recorded().end()).isEqualTo(SimulatedEnd.UNFINISHED);
    assertThat(rollout.simulated().end()).isEqualTo(SimulatedEnd.ROLLED_BACK);
    assertThat(rollout.simulated().tick()).isEqualTo(rollout.recorded().tick());
  }

  @Test
  void theGuardRailsHoldInASimulationToo() {
    Policy leaps = replaced("steps.drl", "$rollout.nextWeight(), \"first", "30, \"first");

    SimulatedRollout rollout = simulate(leaps, recorded(DEFAULT, passes(3)));

    assertThat(Objects.requireNonNull(rollout.parted()).simulated()).isEqualTo("advance 30");
    assertThat(rollout.parted().reason()).startsWith("refused: weight 30 is not one step from 0");
    assertThat(rollout.simulated().weight()).isZero();
  }

  @Test
  void whatNobodyAskedThenEndsTheSimulation() {
    Policy curious =
        with("rule \"probe\" when Rollout( weight == 20 ) not Probe() then decide.probe(); end");

    SimulatedRollout rollout = simulate(curious, recorded(DEFAULT, passes(4)));

    assertThat(rollout.simulated().words()).isEqualTo("cannot tell from tick 6");
    assertThat(Objects.requireNonNull(rollout.parted()).simulated()).isEqualTo("?");
    assertThat(rollout.note()).contains("whether the metric providers answer");
    assertThat(rollout.timeline()).hasSize(5);
    assertThat(rollout.timeline().getLast().simulatedWeight()).isNull();
  }

  @Test
  void aRunThatNeverStartsIsUnfinished() {
    Policy frozen = with("rule \"frozen\" when Rollout( idle ) then decide.freeze( \"no\" ); end");

    assertThat(simulate(frozen, recorded(DEFAULT, passes(2))).simulated().words())
        .isEqualTo("unfinished at weight 0 (Initialized)");
  }

  @Test
  void aPromotionInTheSimulationGoesItsOwnWay() {
    // the recorded policy never promotes, so its recording shows no promotion to copy from
    Policy endless =
        with("rule \"never\" when Rollout( complete ) then decide.hold( \"no\" ); end");

    SimulatedRollout rollout = simulate(DEFAULT, recorded(endless, passes(7)));

    assertThat(rollout.timeline())
        .extracting(SimulatedRollout.Moment::simulated)
        .endsWith("promote", "finalise", "succeed", null);
    assertThat(rollout.simulated().end()).isEqualTo(SimulatedEnd.PROMOTED);
    assertThat(rollout.recorded().words()).isEqualTo("unfinished at weight 30 (Progressing)");
  }

  @Test
  void whatIsBackfilledFromTheScheduleIsSaid() {
    List<TickRecord> ticks =
        recorded(DEFAULT, passes(1)).ticks().stream()
            .map(tick -> Samples.with(tick, "backfilled", TickRecord.FROM_SCHEDULE))
            .toList();

    assertThat(simulate(DEFAULT, new Recording("run", ticks)).note()).contains("backfilled");
  }

  // ── what comes out ──────────────────────────────────────────────────────────────────────────

  @Test
  void endsAreCountedAndTheCaveatIsPartOfTheResult() {
    WhatIf.Result result =
        new WhatIf(DEFAULT, Progress.NONE).of(Path.of("examples/recordings"), Shard.ALL);

    assertThat(result.recordings()).isEqualTo(6);
    assertThat(result.recordedEnds()).containsEntry(SimulatedEnd.PROMOTED, 3L);
    assertThat(result.simulatedEnds()).isEqualTo(result.recordedEnds());
    assertThat(result.differs()).isFalse();
    assertThat(Json.of(result)).contains("Nobody knows what would have been measured");
    assertThat(WhatIfText.of(result)).contains("Nobody knows what would have been measured");
    assertThat(WhatIfReport.of(result)).contains("Nobody knows what would have been measured");
  }

  @Test
  void nothingOfASimulationIsCalledSaved() {
    SimulatedRollout rollout =
        simulate(STRICT, recorded(DEFAULT, Outcome.PASS, Outcome.FAIL, Outcome.FAIL));
    WhatIf.Result result = WhatIf.result("digest", List.of(rollout), List.of(), null);

    assertThat(Json.of(result).replace(WhatIf.CAVEAT, ""))
        .contains("\"simulated\"", "\"recorded\"")
        .doesNotContainIgnoringCase("saved")
        .doesNotContain("earlier stop");
    assertThat(WhatIfText.of(result))
        .contains(
            "rolled back  4 ticks, 180 s, 20.0 %·min  rolled back  3 ticks, 120 s, 10.0 %·min")
        .contains("halt -> rollback by \"no patience\": one is enough");
  }

  @Test
  void thePageShowsBothCoursesAndLoadsNothing() {
    SimulatedRollout rollout =
        simulate(STRICT, recorded(DEFAULT, Outcome.PASS, Outcome.FAIL, Outcome.FAIL));
    String page = WhatIfReport.of(WhatIf.result("digest", List.of(rollout), List.of(), null));

    assertThat(page)
        .contains("class=\"weight simulated\"", ">recorded</text>", ">simulated</text>")
        .contains("id=\"show-rolled-back\"", "href=\"#r0\"", "id=\"r0\"")
        .doesNotContain("http://", "https://", "<script", "<!--");
  }

  private static SimulatedRollout simulate(Policy policy, Recording recording) {
    return new WhatIf(policy, Progress.NONE).of(recording);
  }

  private static Recording recorded(Policy policy, Outcome... outcomes) {
    return new Recording(
        "run", RecordedLife.of(policy, outcomes).stream().filter(Runs::belongs).toList());
  }

  private static Outcome[] passes(int count) {
    return Stream.generate(() -> Outcome.PASS).limit(count).toArray(Outcome[]::new);
  }

  /** The default policy with another text in one of its files. */
  private static Policy replaced(String file, String text, String other) {
    List<DrlFile> files =
        PolicySource.of(Path.of("rules/default")).files().stream()
            .map(
                drl ->
                    drl.name().equals(file)
                        ? new DrlFile(file, drl.text().replace(text, other))
                        : drl)
            .toList();
    return Policy.of(new PolicySource(files));
  }

  /** The default policy and a rule. */
  private static Policy with(String rule) {
    List<DrlFile> files = new ArrayList<>(PolicySource.of(Path.of("rules/default")).files());
    files.add(new DrlFile("more.drl", rule));
    return Policy.of(new PolicySource(files));
  }
}
