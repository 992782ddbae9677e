package io.serin.record;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private static final Policy PATIENT = Story.policy(Story.PATIENT);
  private static final Policy STRICT = Story.policy(Story.STRICT);
  private static final Policy SLOW =
      Story.policy(
          Story.STRICT
              + "rule \"stay at 20\" when Rollout( weight == 20 ) then decide.hold( \"not yet\" );"
              + " end");

  private static ComparedRollout compare(Policy candidate, Story story) {
    return Comparison.withRecorded(candidate, Progress.NONE).of(story.recording());
  }

  @Test
  void theSamePolicyIsTheSame() {
    ComparedRollout rollout = compare(PATIENT, Story.under(PATIENT).rates(99, 98, 99, 98));

    assertThat(rollout.difference()).isEqualTo(Difference.SAME);
    assertThat(rollout.at()).isNull();
  }

  @Test
  void anEarlierStopSavesTicksAndExposure() {
    // given weight 20 while the first low rate is waited out, taken back two minutes later
    Story story = Story.under(PATIENT).rates(99, 99, 98, 99, 98);

    ComparedRollout rollout = compare(STRICT, story);

    assertThat(rollout.difference()).isEqualTo(Difference.EARLIER_STOP);
    assertThat(requireNonNull(rollout.at()).tick()).isEqualTo(4);
    assertThat(requireNonNull(rollout.at()).candidate()).isEqualTo("rollback");
    assertThat(requireNonNull(rollout.at()).candidateRule()).isEqualTo("a low rate takes back");
    assertThat(rollout.saved())
        .isEqualTo(new ComparedRollout.Saved(2, 120, 20 * 1 + 30 * 1, false));
  }

  @Test
  void anEarlierStopOfARunThatEndedWellIsAFalseAlarm() {
    ComparedRollout rollout =
        compare(STRICT, Story.under(PATIENT).rates(99, 98, 99, 99, 99, 99, 99));

    assertThat(rollout.difference()).isEqualTo(Difference.EARLIER_STOP);
    assertThat(requireNonNull(rollout.saved()).falseAlarm()).isTrue();
    assertThat(rollout.note()).contains("false alarm");
  }

  @Test
  void onlyStopsOfRunsThatFailedAreSummedUp(@TempDir Path directory) {
    RecordingWriter writer = new RecordingWriter(RecordingOptions.of(directory));
    List.of(
            Story.under(PATIENT).rates(99, 99, 98, 99, 98),
            Story.under(PATIENT).rates(99, 98, 99, 99, 99, 99, 99),
            Story.under(PATIENT).rates(99, 98, 99))
        .forEach(
            story -> {
              story.ticks().forEach(writer::append);
              writer.forget("test", "story");
            });

    var result = Comparison.withRecorded(STRICT, Progress.NONE).of(directory, Shard.ALL);

    assertThat(result.classes()).containsEntry(Difference.EARLIER_STOP, 3L);
    assertThat(result.savedTicks()).isEqualTo(2);
    assertThat(result.savedPercentMinutes()).isEqualTo(50);
    assertThat(result.falseAlarms()).isEqualTo(1);
  }

  @Test
  void goingOnWhereTheOtherStopsIsUnknownAndSavesNothing() {
    ComparedRollout rollout = compare(PATIENT, Story.under(STRICT).rates(99, 98));

    assertThat(rollout.difference()).isEqualTo(Difference.GOES_FURTHER);
    assertThat(rollout.saved()).isNull();
    assertThat(rollout.note()).contains("unknown");
  }

  @Test
  void movingWhereTheOtherWaitsGoesFurther() {
    assertThat(compare(STRICT, Story.under(SLOW).rates(99, 99, 99)).difference())
        .isEqualTo(Difference.GOES_FURTHER);
  }

  @Test
  void aGreaterStepGoesFurther() {
    Policy leaps = Story.policy(Story.STRICT.replace("$r.nextWeight()", "50"));

    assertThat(compare(leaps, Story.under(STRICT).rates(99, 99)).difference())
        .isEqualTo(Difference.GOES_FURTHER);
    assertThat(compare(STRICT, Story.under(leaps).rates(99)).difference())
        .isEqualTo(Difference.TIMING_ONLY);
  }

  @Test
  void waitingWhereTheOtherMovesIsTimingOnly() {
    ComparedRollout rollout = compare(SLOW, Story.under(STRICT).rates(99, 99, 99, 99, 99, 99));

    assertThat(rollout.difference()).isEqualTo(Difference.TIMING_ONLY);
    assertThat(requireNonNull(rollout.at()).tick()).isEqualTo(4);
    assertThat(rollout.note()).isEmpty();
  }

  @Test
  void waitingForeverIsSaid() {
    Policy frozen =
        Story.policy(
            Story.STRICT
                + "rule \"freeze\" when Rollout( weight > 10 ) then decide.freeze( \"ask\" ); end");

    assertThat(compare(frozen, Story.under(STRICT).rates(99, 99, 99, 99, 99, 99)).note())
        .contains("to the end of the recording");
  }

  @Test
  void aStopAfterAWaitIsNotClaimed() {
    Policy slowAndStrict = SLOW;

    ComparedRollout rollout =
        compare(slowAndStrict, Story.under(PATIENT).rates(99, 99, 99, 98, 99, 98));

    assertThat(rollout.difference()).isEqualTo(Difference.TIMING_ONLY);
    assertThat(rollout.saved()).isNull();
    assertThat(rollout.note()).contains("would also rollback at tick 5").contains("not claimed");
  }

  @Test
  void whatTheRecordingDoesNotKnowCannotBeTold() {
    Policy curious =
        Story.policy(
            Story.STRICT
                + "rule \"measure latency\" when Rollout( analysing ) $c : Check( name =="
                + " \"latency\" ) then decide.measure( $c ); end");

    ComparedRollout rollout = compare(curious, Story.under(STRICT).rates(99));

    assertThat(rollout.difference()).isEqualTo(Difference.CANNOT_TELL);
    assertThat(rollout.note()).contains("metric latency");
  }

  @Test
  void aRecordingThatLeavesTheBaselinesCourseCannotBeTold() {
    Recording recording = Story.under(PATIENT).rates(99, 98, 99).recording();

    ComparedRollout rollout = Comparison.of(STRICT, STRICT, Progress.NONE).of(recording);

    assertThat(rollout.difference()).isEqualTo(Difference.CANNOT_TELL);
    assertThat(rollout.note()).contains("leaves the baseline's course");
  }

  @Test
  void anUnfinishedRunIsNoFalseAlarm() {
    ComparedRollout rollout = compare(STRICT, Story.under(PATIENT).rates(99, 98, 99));

    assertThat(requireNonNull(rollout.saved()).falseAlarm()).isFalse();
    assertThat(rollout.note()).contains("not recorded");
  }
}
