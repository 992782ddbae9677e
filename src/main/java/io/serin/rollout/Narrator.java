package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.Phase;
import io.serin.api.WebhookType;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Metric;
import io.serin.fact.Problem;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.policy.Decision;
import io.serin.policy.Proposal;
import io.serin.traffic.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a tick into words. The texts are Flagger's wherever Flagger has one, since people search and
 * alert on them; the reasons are our own, since Flagger gives all events the same.
 */
final class Narrator {

  /** Reason of what is told when a guard rail overruled the policy. */
  static final String GUARD_RAIL = "GuardRail";

  /** Reason of what is told when the policy could not decide. */
  static final String POLICY_FAILED = "PolicyFailed";

  private final Context context;
  private final Canary canary;
  private final Decision decision;
  private final Transition.Outcome outcome;
  private final List<Told> told = new ArrayList<>();

  private Narrator(Context context, Decision decision, Transition.Outcome outcome) {
    this.context = context;
    this.canary = context.canary();
    this.decision = decision;
    this.outcome = outcome;
  }

  /** What is told before the post-rollout hooks run. */
  static List<Told> tell(Context context, Decision decision, Transition.Outcome outcome) {
    return new Narrator(context, decision, outcome).all();
  }

  /** What is told of the post-rollout hooks. */
  static Told postRollout(Gate gate) {
    return gate.open()
        ? Told.normal("HookPassed", "Post-rollout check " + gate.name() + " passed")
        : Told.warning(
            "HookFailed", "Post-rollout hook " + gate.name() + " failed " + gate.answer());
  }

  /** The last word of a run, told after the post-rollout hooks; null when this tick ends none. */
  static @Nullable Told ending(Canary canary, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Succeed _ ->
          Told.normal("Promoted", "Promotion completed! Scaling down " + target(canary));
      case Verdict.PromoteUnanalysed _ ->
          Told.normal(
              "Promoted", "Promotion completed! Canary analysis was skipped for " + target(canary));
      default -> null;
    };
  }

  /** What is told while a traffic gate is closed. */
  static String trafficGateClosed(Canary canary, Gate gate) {
    return halt(canary, "waiting for traffic increase approval " + gate.name());
  }

  private List<Told> all() {
    problems();
    probe();
    if (startsAnalysis()) {
      adjusted();
      coerced();
      aside(Told.normal("AnalysisStarted", "Starting canary analysis for " + target(canary)));
    }
    context.evidence().gates().forEach(this::gate);
    context.evidence().metrics().forEach(this::metric);
    verdict();
    if (outcome.refused() != null) {
      once(
          Told.warning(
              GUARD_RAIL,
              "Policy wanted to %s but was overruled: %s"
                  .formatted(decision.verdict().verb(), outcome.refused())));
    }
    return told;
  }

  private void problems() {
    for (Problem problem : context.facts().problems()) {
      if (problem.kind() != Problem.Kind.UNSYNCED) {
        aside(Told.warning("Blocked", problem.message()).onlyOnce());
      }
    }
    if (decision.trouble() != null) {
      aside(Told.warning(POLICY_FAILED, decision.trouble()).onlyOnce());
    }
  }

  /**
   * That all is well was told at the beginning; the end of the initialisation need not repeat it.
   */
  private void probe() {
    var probe = context.evidence().probe();
    boolean repeated = outcome.verdict() instanceof Verdict.Initialise;
    if (probe != null && !(probe.online() && repeated)) {
      Told said =
          probe.online()
              ? Told.normal("MetricsOnline", "all the metrics providers are available!")
              : Told.warning(
                  "MetricsOffline", "Error checking metric providers: " + probe.message());
      aside(said.onlyOnce());
    }
  }

  /** The tick that asks the pre-rollout hooks, or would if there were any. */
  private boolean startsAnalysis() {
    Rollout rollout = context.facts().rollout();
    return rollout.analysing()
        && !rollout.started()
        && switch (decision.verdict()) {
          case Verdict.Advance _, Verdict.Mirror _, Verdict.Iterate _, Verdict.Halt _ -> true;
          case Verdict.Rollback _, Verdict.Await _ ->
              context.evidence().gates().stream().anyMatch(g -> g.type() != WebhookType.ROLLBACK);
          default -> false;
        };
  }

  /** What the spec says and is tolerated, with what is used instead. */
  private void adjusted() {
    canary.findings().stream()
        .filter(finding -> !finding.isError())
        .forEach(finding -> aside(Told.warning("SpecAdjusted", finding.toString())));
  }

  private void coerced() {
    if (context.plan().routed()) {
      return;
    }
    if (!canary.analysis().match().isEmpty()) {
      unsupported("A/B testing is not supported when using the kubernetes provider");
    }
    if (canary.analysis().iterations() < 1) {
      unsupported("Progressive traffic is not supported when using the kubernetes provider");
      unsupported("Setting canaryAnalysis.iterations: " + context.plan().iterations());
    }
  }

  private void unsupported(String what) {
    aside(Told.warning("Unsupported", what));
  }

  private void gate(Gate gate) {
    switch (gate.type()) {
      case CONFIRM_ROLLOUT ->
          gated(gate, "Confirm-rollout", halt("waiting for approval " + gate.name()));
      case CONFIRM_TRAFFIC_INCREASE ->
          gated(gate, "Confirm-traffic-increase", trafficGateClosed(canary, gate));
      case CONFIRM_PROMOTION ->
          gated(gate, "Confirm-promotion", halt("waiting for promotion approval " + gate.name()));
      case PRE_ROLLOUT -> {
        if (gate.open()) {
          aside(Told.normal("HookPassed", "Pre-rollout check " + gate.name() + " passed"));
        } else {
          warning("Halted", halt("pre-rollout check " + gate.name() + " failed " + gate.answer()));
        }
      }
      case ROLLOUT -> {
        if (!gate.open()) {
          warning("Halted", halt("external check " + gate.name() + " failed " + gate.answer()));
        }
      }
      case ROLLBACK -> rollbackHook(gate);
      case POST_ROLLOUT, EVENT -> {}
    }
  }

  private void gated(Gate gate, String type, String closed) {
    if (gate.open()) {
      aside(Told.normal("GateOpen", type + " check " + gate.name() + " passed"));
    } else {
      once(Told.warning("GateClosed", closed));
    }
  }

  private void rollbackHook(Gate gate) {
    if (gate.open()) {
      aside(Told.warning("HookPassed", "Rollback check " + gate.name() + " passed"));
    } else {
      aside(
          Told.normal("HookPassed", "Rollback hook " + gate.name() + " not signaling a rollback")
              .onlyOnce());
    }
  }

  private void metric(Metric metric) {
    if (metric.outcome() != Metric.Outcome.PASS) {
      warning("Halted", metric.message());
    }
  }

  private void verdict() {
    switch (outcome.verdict()) {
      case Verdict.Suspend _ ->
          once(Told.normal("Suspended", "skipping canary run as object is suspended"));
      case Verdict.Hold _, Verdict.Freeze _ -> held();
      case Verdict.Idle _, Verdict.Halt _, Verdict.Await _, Verdict.Accept _ -> {}
      case Verdict.Rollback rollback -> rolledBack(rollback);
      case Verdict.Strand strand -> stranded(strand);
      case Verdict.Abandon abandon -> warning("InitializationFailed", abandon.reason());
      case Verdict.Cancel cancel ->
          normal(
              "Cancelled", "Canary run cancelled for " + target(canary) + ": " + cancel.reason());
      case Verdict.Restart _ ->
          normal("NewRevision", "New revision detected! Restarting analysis for " + target(canary));
      case Verdict.Start _ ->
          normal("NewRevision", "New revision detected! Scaling up " + target(canary));
      case Verdict.Rebaseline rebaseline -> normal("Rebaselined", rebaseline.reason());
      case Verdict.Initialise _ -> normal("Initialized", "Initialization done! " + name());
      case Verdict.Mirror _ -> advanced("canary weight 0");
      case Verdict.Advance step -> advanced("canary weight " + step.weight());
      case Verdict.Iterate step -> iterated(step.iteration());
      case Verdict.Promote _, Verdict.PromoteEarly _, Verdict.PromoteUnanalysed _ ->
          normal(
              "Promoting",
              "Copying %s template spec to %s-primary.%s"
                  .formatted(target(canary), canary.targetName(), canary.namespace()));
      case Verdict.Shift step -> advanced("primary weight " + (100 - step.weight()));
      case Verdict.Finalise _ -> finalised();
      case Verdict.Succeed _ -> {}
      case Verdict.Settle _ ->
          normal("Settled", "Routing all traffic to the last good primary of " + target(canary));
      case Verdict.Terminate _ -> {
        if (canary.status().phase() != Phase.TERMINATING) {
          normal("Terminating", "Terminating canary " + name());
        }
      }
      case Verdict.Release _ -> normal("Terminated", "Terminated canary " + name());
    }
  }

  /**
   * Waiting for the interval is the normal course and not worth a word; of several reasons the
   * first that is no matter of course is told. Beside a problem it would only distract, and while
   * caches fill it would not even be true.
   */
  private void held() {
    boolean sound = context.facts().problems().isEmpty();
    if (sound && outcome.refused() == null && decision.trouble() == null) {
      decision.proposals().stream()
          .filter(proposal -> !isRoutine(proposal))
          .findFirst()
          .ifPresent(this::held);
    }
  }

  /** It need not be the winner, which may be the interval. */
  private void held(Proposal proposal) {
    Told held = Told.warning("Held", proposal.verdict().reason());
    told.add(held.onlyOnce().because(Because.of(proposal)));
  }

  private boolean isRoutine(Proposal proposal) {
    boolean problem = proposal.because().stream().anyMatch(Problem.class::isInstance);
    boolean notDue =
        !context.facts().rollout().due()
            && proposal.because().stream().allMatch(Rollout.class::isInstance);
    return problem
        || notDue
        || proposal.verdict().caution().compareTo(outcome.verdict().caution()) > 0;
  }

  private void rolledBack(Verdict.Rollback rollback) {
    Facts facts = context.facts();
    warning(
        "RollingBack",
        "Rolling back "
            + name()
            + switch (RollbackCause.of(facts, context.evidence())) {
              case HOOK -> " manual webhook invoked";
              case DEADLINE -> " progress deadline exceeded " + RollbackCause.deadline(facts);
              case FAILED_CHECKS ->
                  " failed checks threshold reached "
                      + RollbackCause.failedChecks(facts, context.evidence());
              case OTHER -> " " + rollback.reason();
            });
    aside(Told.warning("RolledBack", "Canary failed! Scaling down " + name()));
  }

  private void stranded(Verdict.Strand strand) {
    warning(
        "PromotionFailed",
        "Promotion of " + target(canary) + " failed, primary not ready: " + strand.reason());
  }

  private void iterated(int iteration) {
    if (!Plan.routesAll(context.facts().rollout(), iteration)) {
      advanced("canary iteration " + iteration + "/" + context.plan().iterations());
    } else if (context.plan().routed()) {
      normal(
          "Advanced",
          canary.analysis().mirror()
              ? "Stop traffic mirroring and route all traffic to canary"
              : "Routing all traffic to canary");
    }
  }

  private void finalised() {
    if (!context.plan().routed()) {
      return;
    }
    if (canary.analysis().stepWeightPromotion() > 0
        && !context.plan().split(canary).equals(Split.PRIMARY)) {
      advanced("primary weight 100");
    } else {
      normal("Promoting", "Routing all traffic to primary");
    }
  }

  private void advanced(String what) {
    normal("Advanced", "Advance " + name() + " " + what);
  }

  private String halt(String what) {
    return halt(canary, what);
  }

  private static String halt(Canary canary, String what) {
    return "Halt " + name(canary) + " advancement " + what;
  }

  private String name() {
    return name(canary);
  }

  private static String name(Canary canary) {
    return canary.name() + "." + canary.namespace();
  }

  private static String target(Canary canary) {
    return canary.targetName() + "." + canary.namespace();
  }

  private void normal(String reason, String message) {
    verdict(Told.normal(reason, message));
  }

  private void warning(String reason, String message) {
    verdict(Told.warning(reason, message));
  }

  private void once(Told what) {
    verdict(what.onlyOnce());
  }

  /** Tells what the verdict did. */
  private void verdict(Told what) {
    told.add(what.because(Because.of(decision.winner())));
  }

  /** Tells what happened beside it. */
  private void aside(Told what) {
    told.add(what);
  }
}
