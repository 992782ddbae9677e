package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private static final Policy PATIENT = Story.policy(Story.PATIENT);
  private static final Policy STRICT = Story.policy(Story.STRICT);

  private static List<ReplayedTick> replay(Policy policy, Recording recording) {
    return new Replay(policy, Progress.NONE).of(recording).ticks();
  }

  @Test
  void thePolicyThatWasRecordedDecidesTheSame() {
    Recording recording = Story.under(PATIENT).rates(99, 98, 99, 98).recording();

    assertThat(replay(PATIENT, recording))
        .extracting(ReplayedTick::sameness)
        .containsOnly(Sameness.SAME);
  }

  @Test
  void anotherVerdictIsAChangeWithBothRules() {
    Recording recording = Story.under(PATIENT).rates(99, 98).recording();

    ReplayedTick tick = replay(STRICT, recording).getLast();

    assertThat(tick.sameness()).isEqualTo(Sameness.CHANGED);
    assertThat(tick.then().verb()).isEqualTo("halt");
    assertThat(tick.ruleThen()).isEqualTo("a low rate halts");
    assertThat(tick.now().verb()).isEqualTo("rollback");
    assertThat(tick.ruleNow()).isEqualTo("a low rate takes back");
  }

  @Test
  void anotherWeightIsAChange() {
    Policy leaps = Story.policy(Story.STRICT.replace("$r.nextWeight()", "50"));

    assertThat(replay(leaps, Story.under(STRICT).rates(99).recording()).getLast().sameness())
        .isEqualTo(Sameness.CHANGED);
  }

  @Test
  void anotherReasonIsNoChange() {
    Policy wordy = Story.policy(Story.STRICT.replace("\"fine\"", "\"very fine\""));

    assertThat(replay(wordy, Story.under(STRICT).rates(99).recording()).getLast().sameness())
        .isEqualTo(Sameness.SAME);
  }

  @Test
  void aQuestionThatNobodyAskedThenCannotBeTold() {
    Policy curious =
        Story.policy(
            Story.STRICT
                + "rule \"measure latency\" when Rollout( analysing ) $c : Check( name =="
                + " \"latency\" ) then decide.measure( $c ); end");

    List<ReplayedTick> ticks = replay(curious, Story.under(STRICT).rates(99).recording());

    assertThat(ticks)
        .extracting(ReplayedTick::sameness)
        .containsExactly(Sameness.SAME, Sameness.CANNOT_TELL);
    assertThat(ticks.getLast().unanswered()).containsExactly("metric latency");
  }

  @Test
  void aGateThatNobodyAskedThenCannotBeTold() {
    Policy asking =
        Story.policy(
            Story.STRICT
                + "rule \"ask\" when Rollout( analysing ) $h : Hook() then decide.call( $h ); end");

    assertThat(replay(asking, Story.under(STRICT).rates(99).recording()).getLast().unanswered())
        .containsExactly("webhook approval");
    assertThat(replay(asking, Story.under(asking).rates(99).recording()).getLast().sameness())
        .isEqualTo(Sameness.SAME);
  }

  @Test
  void aPolicyWithoutAnAnswerHoldsAndSaysSo() {
    Policy silent =
        Story.policy("rule \"never\" when Rollout( weight > 100 ) then decide.hold( \"no\" ); end");

    ReplayedTick tick = replay(silent, Story.under(STRICT).rates(99).recording()).getLast();

    assertThat(tick.sameness()).isEqualTo(Sameness.CHANGED);
    assertThat(tick.trouble()).contains("no rule");
  }
}
