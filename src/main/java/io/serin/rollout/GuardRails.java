package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Check;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Metric;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import io.serin.fact.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold whatever the rules say: a policy that breaks one of these is overruled, and told.
 * The numbers are those of {@code docs/architecture.md}.
 */
final class GuardRails {

  private GuardRails() {}

  /**
   * A rollback to a primary without a single available pod would send everybody to nowhere (guard
   * rail 2); when the canary has some, it keeps the traffic as after a failed promotion.
   */
  static Verdict safer(Context context, Verdict verdict) {
    boolean live = context.canary().status().canaryWeight() > 0;
    if (verdict instanceof Verdict.Rollback && live && !alive(context, Workload.Role.PRIMARY)) {
      return alive(context, Workload.Role.TARGET)
          ? new Verdict.Strand(verdict.reason() + "; the primary has no available pod")
          : verdict;
    }
    return verdict;
  }

  /** Why a verdict may not be carried out, or null when it may. */
  static @Nullable String refusal(Context context, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Suspend _,
          Verdict.Freeze _,
          Verdict.Hold _,
          Verdict.Idle _,
          Verdict.Halt _,
          Verdict.Terminate _,
          Verdict.Release _,
          Verdict.Rollback _ ->
          null;
      case Verdict.Await wait ->
          wait.gate().open() ? "gate " + wait.gate().name() + " is open, it needs no wait" : null;
      case Verdict.Accept _ -> phase(context, Phase.NONE, Phase.FAILED);
      case Verdict.Initialise _ ->
          first(
              phase(context, Phase.INITIALIZING),
              revision(context),
              primaryServes(context),
              firstIsPresent(context));
      case Verdict.Abandon _ -> first(phase(context, Phase.INITIALIZING), revision(context));
      case Verdict.Rebaseline _ -> revision(context);
      case Verdict.Start _ ->
          first(
              phase(context, Phase.INITIALIZED, Phase.SUCCEEDED, Phase.FAILED, Phase.WAITING),
              revision(context),
              gatesOpen(context, WebhookType.CONFIRM_ROLLOUT));
      case Verdict.Restart _, Verdict.Cancel _ -> first(revision(context), retreat(context));
      case Verdict.Mirror _ -> first(analysing(context), targetReady(context));
      case Verdict.Iterate step -> first(analysing(context), iteration(context, step.iteration()));
      case Verdict.Advance step -> first(analysing(context), advance(context, step.weight()));
      case Verdict.Promote _ -> first(analysing(context), analysed(context), passed(context));
      case Verdict.PromoteUnanalysed _ -> first(analysed(context), skips(context));
      case Verdict.Strand _ -> targetAlive(context);
      case Verdict.Shift step ->
          first(
              phase(context, Phase.PROMOTING),
              shift(context, step.weight()),
              primaryServes(context));
      case Verdict.Finalise _ -> first(phase(context, Phase.PROMOTING), primaryServes(context));
      case Verdict.Succeed _ -> first(phase(context, Phase.FINALISING), primaryServes(context));
      case Verdict.Settle _ -> first(phase(context, Phase.FAILED), primaryServes(context));
    };
  }

  /** Guard rail 1: within 0 to maxWeight, one step at the most, and only on evidence. */
  private static @Nullable String advance(Context context, int weight) {
    Rollout rollout = context.facts().rollout();
    if (weight <= rollout.weight()
        || weight > rollout.nextWeight()
        || weight > rollout.maxWeight()) {
      return "weight %d is not one step from %d; the next step is %d of at most %d"
          .formatted(weight, rollout.weight(), rollout.nextWeight(), rollout.maxWeight());
    }
    return rise(context);
  }

  private static @Nullable String iteration(Context context, int iteration) {
    CanaryStatus status = context.canary().status();
    if (context.plan().strategy() == Strategy.PROGRESSIVE || iteration != status.iterations() + 1) {
      return "iteration %d does not follow iteration %d".formatted(iteration, status.iterations());
    }
    boolean routesAll = Plan.routesAll(context.facts().rollout(), iteration);
    return first(
        rise(context), routesAll ? gatesOpen(context, WebhookType.CONFIRM_PROMOTION) : null);
  }

  private static @Nullable String shift(Context context, int weight) {
    int now = context.facts().rollout().weight();
    return weight >= now || weight < 0
        ? "weight %d does not lead from %d back to the primary".formatted(weight, now)
        : null;
  }

  /** Guard rails 1 and 2: live traffic to the canary rises only to a ready copy, on evidence. */
  private static @Nullable String rise(Context context) {
    Rollout rollout = context.facts().rollout();
    String gates =
        rollout.started()
            ? first(passed(context), rollout.mirroring() ? null : increaseOpen(context))
            : first(gatesOpen(context, WebhookType.PRE_ROLLOUT), increaseOpen(context));
    return first(targetReady(context), gates);
  }

  private static @Nullable String increaseOpen(Context context) {
    Rollout rollout = context.facts().rollout();
    return rollout.strategy() == Strategy.PROGRESSIVE && rollout.phase() == Phase.PROGRESSING
        ? gatesOpen(context, WebhookType.CONFIRM_TRAFFIC_INCREASE)
        : null;
  }

  private static @Nullable String passed(Context context) {
    for (Check check : context.facts().checks()) {
      if (!context.evidence().measured(check)) {
        return "check " + check.name() + " was not measured";
      }
    }
    for (Metric metric : context.evidence().metrics()) {
      if (metric.outcome() != Metric.Outcome.PASS) {
        return "check " + metric.name() + " does not pass: " + metric.message();
      }
    }
    return gatesOpen(context, WebhookType.ROLLOUT);
  }

  private static @Nullable String gatesOpen(Context context, WebhookType type) {
    for (Hook hook : context.facts().hooks()) {
      if (hook.type() == type && !open(context.evidence().gates(), hook)) {
        return "gate " + hook.name() + " is not open";
      }
    }
    return null;
  }

  private static boolean open(List<Gate> gates, Hook hook) {
    return gates.stream().anyMatch(g -> g.order() == hook.order() && g.open());
  }

  /** Guard rail 2: traffic that the canary carries does not go to a primary without a pod. */
  private static @Nullable String retreat(Context context) {
    boolean live = context.canary().status().canaryWeight() > 0;
    boolean nowhere =
        live && !alive(context, Workload.Role.PRIMARY) && alive(context, Workload.Role.TARGET);
    return nowhere ? "the primary has no available pod to take the traffic back" : null;
  }

  /** Guard rail 3: what is promoted is what was analysed. */
  private static @Nullable String analysed(Context context) {
    var revision = context.facts().revision();
    return revision == null || !revision.analysed()
        ? "the target's revision is not the analysed one"
        : null;
  }

  /** Guard rail 3: what is called promoted is what the primary carries. */
  private static @Nullable String firstIsPresent(Context context) {
    var revision = context.facts().revision();
    return revision == null || !revision.primary().equals(revision.target())
        ? "the primary does not carry the target's present revision yet"
        : null;
  }

  private static @Nullable String primaryServes(Context context) {
    Workload primary = context.facts().workload(Workload.Role.PRIMARY);
    return primary == null || !primary.serving() ? "the primary does not serve" : null;
  }

  private static @Nullable String targetReady(Context context) {
    Workload target = context.facts().workload(Workload.Role.TARGET);
    return target == null || !target.serving() ? "the canary is not ready for traffic" : null;
  }

  private static @Nullable String targetAlive(Context context) {
    return alive(context, Workload.Role.TARGET) ? null : "the canary has no available pod";
  }

  private static boolean alive(Context context, Workload.Role role) {
    Workload workload = context.facts().workload(role);
    return workload != null && workload.available() > 0;
  }

  private static @Nullable String skips(Context context) {
    return context.facts().rollout().skipAnalysis()
        ? null
        : "the canary does not skip its analysis";
  }

  private static @Nullable String analysing(Context context) {
    return phase(context, Phase.PROGRESSING, Phase.WAITING_PROMOTION);
  }

  private static @Nullable String revision(Context context) {
    return context.facts().revision() == null ? "the target cannot be read" : null;
  }

  private static @Nullable String phase(Context context, Phase... allowed) {
    Phase phase = context.canary().status().phase();
    return List.of(allowed).contains(phase)
        ? null
        : "it is not possible in phase '" + phase.wireName() + "'";
  }

  private static @Nullable String first(@Nullable String... refusals) {
    for (String refusal : refusals) {
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
