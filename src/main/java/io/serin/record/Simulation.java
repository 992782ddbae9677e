package io.serin.record;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.fact.Facts;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.policy.Decision;
import io.serin.policy.GivenEvidence;
import io.serin.policy.Policy;
import io.serin.rollout.DryRun;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One recorded rollout in the hands of another policy, tick by tick. As long as the policy wants
 * what was decided then, the recorded course is the simulated one. From the first difference on the
 * rollout stands where the policy brings it, until it ends, the recording does, or the policy asks
 * what nobody asked then.
 */
final class Simulation {

  private final Policy policy;
  private final WeightSteps steps;
  private @Nullable SimulatedCourse course;

  Simulation(Policy policy, List<TickRecord> ticks) {
    this.policy = policy;
    this.steps = new WeightSteps(ticks);
  }

  /**
   * A simulated tick.
   *
   * @param course what the policy wants, such as {@code advance 20}; {@code ?} when it cannot be
   *     told
   * @param rule rule that gives it
   * @param reason its reason, or the guard rail that refuses it
   * @param after where the rollout stands then
   * @param parted it has left the recorded course
   * @param end how it ended with this tick, or null
   */
  record Step(
      String course,
      String rule,
      String reason,
      Standing after,
      boolean parted,
      @Nullable SimulatedEnd end) {}

  /** Goes on as if the courses had parted already; all that follows is simulated. */
  void partBefore(TickRecord tick) {
    course = SimulatedCourse.from(tick);
  }

  /** Decides the next tick of the recording; none after an end. */
  Step step(TickRecord tick) {
    OptionalInt next = nextWeight(tick);
    if (next.isEmpty()) {
      return unknown(tick, "the recording does not show which step follows this weight");
    }
    Facts facts = course == null ? tick.facts() : course.facts(tick, next.getAsInt());
    GivenEvidence evidence = new GivenEvidence(tick.evidence());
    Decision decision = policy.decide(facts, evidence);
    if (!evidence.unanswered().isEmpty()) {
      String missing = String.join(", ", evidence.unanswered());
      return unknown(tick, "the recording has no answer for " + missing);
    }
    if (course == null && Course.same(tick.proposals().getFirst().verdict(), decision.verdict())) {
      return of(decision, null, tick.after(), false, null);
    }
    return carryOut(tick, facts, decision);
  }

  private Step carryOut(TickRecord tick, Facts facts, Decision decision) {
    DryRun.Outcome outcome = DryRun.carryOut(facts, decision.evidence(), decision.verdict());
    if (appliesOtherConfiguration(tick, outcome.verdict())) {
      return unknown(
          tick, "the recording does not tell the configuration of one run from another's");
    }
    SimulatedCourse now = course == null ? SimulatedCourse.from(tick) : course;
    Standing before = now.standing();
    course = now.after(tick, facts, outcome);
    boolean ended = Runs.ends(before, outcome.after());
    boolean stranded = outcome.verdict() instanceof Verdict.Strand;
    SimulatedEnd end =
        ended || stranded ? SimulatedEnd.of(outcome.verdict(), outcome.after()) : null;
    return of(decision, outcome.refused(), outcome.after(), true, end);
  }

  private static Step of(
      Decision decision,
      @Nullable String refused,
      Standing after,
      boolean parted,
      @Nullable SimulatedEnd end) {
    return new Step(
        Course.of(decision.verdict()),
        decision.winner().rule(),
        refused == null ? decision.verdict().reason() : "refused: " + refused,
        after,
        parted,
        end);
  }

  private Step unknown(TickRecord tick, String why) {
    Standing now = course == null ? tick.before() : course.standing();
    return new Step("?", "", why, now, true, SimulatedEnd.CANNOT_TELL);
  }

  private OptionalInt nextWeight(TickRecord tick) {
    Rollout then = tick.facts().rollout();
    if (course == null || then.strategy() != Strategy.PROGRESSIVE) {
      return OptionalInt.of(then.nextWeight());
    }
    boolean matters = course.standing().phase() == Phase.PROGRESSING;
    OptionalInt next = steps.after(course.standing().weight());
    return matters || next.isPresent() ? next : OptionalInt.of(then.nextWeight());
  }

  /** Whether a configuration is new is known for the recorded run only. */
  private static boolean appliesOtherConfiguration(TickRecord tick, Verdict verdict) {
    Revision revision = tick.facts().revision();
    boolean own = revision == null || !(revision.configsChanged() || revision.foreign());
    return !own && applies(verdict) != applies(tick.verdict());
  }

  private static boolean applies(Verdict verdict) {
    return verdict instanceof Verdict.Start
        || verdict instanceof Verdict.Restart
        || verdict instanceof Verdict.Cancel
        || verdict instanceof Verdict.Rebaseline;
  }
}
