package io.serin.record;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.policy.Ask;
import io.serin.policy.Decision;
import io.serin.policy.DrlFile;
import io.serin.policy.Policy;
import io.serin.policy.PolicySource;
import io.serin.rollout.Standing;
import io.serin.rollout.TickRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A small rollout that a policy really decides: a revision appears, then there is a tick per minute
 * with the success rate that the story tells. Steps of 10 to a weight of 50.
 */
final class Story {

  /** Starts, measures the success rate, advances while it is at least 99, promotes at 50. */
  static final String STEPS =
      """
      rule "a new revision starts" when Rollout( idle ) Revision( changed ) then decide.start( "new" ); end
      rule "measure the success rate" when Rollout( analysing ) $c : Check( name == "success-rate" ) then decide.measure( $c ); end
      rule "one step" when $r : Rollout( analysing, weight < maxWeight ) not Metric( value < 99 ) then decide.advance( $r.nextWeight(), "fine" ); end
      rule "promote at the end" when Rollout( analysing, weight >= maxWeight ) not Metric( value < 99 ) then decide.promote( "done" ); end
      """;

  /** A low rate is waited out, twice it ends the run. */
  static final String PATIENT =
      STEPS
          + """
          rule "a low rate halts" when Rollout( analysing, failedChecks < 1 ) $m : Metric( value < 99 ) then decide.halt( "rate " + $m.value() ); end
          rule "the second low rate takes back" when Rollout( analysing, failedChecks >= 1 ) $m : Metric( value < 99 ) then decide.rollback( "rate " + $m.value() ); end
          """;

  /** A low rate ends the run at once. */
  static final String STRICT =
      STEPS
          + """
          rule "a low rate takes back" when Rollout( analysing ) $m : Metric( value < 99 ) then decide.rollback( "rate " + $m.value() ); end
          """;

  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private final Policy policy;
  private final List<TickRecord> ticks = new ArrayList<>();
  private Instant now = START;
  private Phase phase = Phase.INITIALIZED;
  private int weight;
  private int failed;

  private Story(Policy policy) {
    this.policy = policy;
    tick(0);
  }

  static Policy policy(String drl) {
    return Policy.of(new PolicySource(List.of(new DrlFile("story.drl", drl))));
  }

  /** A revision appears and is decided about by that policy. */
  static Story under(Policy policy) {
    return new Story(policy);
  }

  /** One tick for each rate, a minute apart. */
  Story rates(double... rates) {
    for (double rate : rates) {
      now = now.plus(Duration.ofMinutes(1));
      tick(rate);
    }
    return this;
  }

  List<TickRecord> ticks() {
    return List.copyOf(ticks);
  }

  Recording recording() {
    return new Recording("story", ticks);
  }

  private void tick(double rate) {
    Facts facts = facts();
    Standing before = standing();
    Decision decision = policy.decide(facts, asks -> answer(asks, rate));
    follow(decision.verdict());
    ticks.add(
        new TickRecord(
            "test/story",
            ticks.size() + 1,
            now,
            decision.policy(),
            facts,
            decision.asked(),
            decision.evidence(),
            decision.proposals(),
            decision.verdict(),
            null,
            decision.trouble(),
            before,
            standing(),
            List.of("status"),
            List.of(),
            Duration.ZERO,
            null,
            List.of()));
  }

  private static Evidence answer(List<Ask> asks, double rate) {
    List<Metric> metrics = new ArrayList<>();
    List<Gate> gates = new ArrayList<>();
    for (Ask ask : asks) {
      switch (ask) {
        case Ask.Measure(Check check) ->
            metrics.add(
                new Metric(
                    check.name(), check.order(), Metric.Outcome.PASS, rate, 99.0, null, "rate"));
        case Ask.Call(Hook hook) ->
            gates.add(new Gate(hook.name(), hook.type(), hook.order(), true, false, ""));
        case Ask.ProbeProviders _ -> throw new AssertionError("no story asks for a probe");
      }
    }
    return new Evidence(gates, metrics, null);
  }

  private void follow(Verdict verdict) {
    switch (verdict) {
      case Verdict.Start _ -> phase = Phase.PROGRESSING;
      case Verdict.Advance step -> weight = step.weight();
      case Verdict.Halt _ -> failed++;
      case Verdict.Rollback _ -> end(Phase.FAILED);
      case Verdict.Promote _ -> end(Phase.SUCCEEDED);
      default -> {}
    }
  }

  private void end(Phase last) {
    phase = last;
    weight = 0;
  }

  private Standing standing() {
    return new Standing(phase, weight, 0, failed);
  }

  private Facts facts() {
    Rollout rollout =
        new Rollout(
            "story",
            "test",
            phase,
            Strategy.PROGRESSIVE,
            weight,
            50,
            Math.min(50, weight + 10),
            false,
            0,
            0,
            0,
            failed,
            5,
            false,
            true,
            true,
            0,
            60,
            false,
            false,
            true);
    return new Facts(
        rollout,
        new Revision("b", phase == Phase.INITIALIZED ? "a" : "b", "a", "a", false, false),
        List.of(),
        null,
        List.of(new Hook("approval", WebhookType.ROLLOUT, 0, false)),
        List.of(new Check("success-rate", 0, true), new Check("latency", 1, true)),
        List.of(),
        List.of(),
        Moment.of(now, ZoneOffset.UTC));
  }
}
