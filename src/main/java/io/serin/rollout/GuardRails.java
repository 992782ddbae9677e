package io.serin.rollout;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Gate;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold whatever the rules say: a policy that breaks one of these is overruled, and told.
 * The numbers are those of {@code docs/architecture.md}.
 */
final class GuardRails {

  private GuardRails() {}

  /**
   * What is carried out.
   *
   * @param verdict the verdict that is
   * @param refused why the proposed one is not, or null
   */
  record Ruling(Verdict verdict, @Nullable String refused) {}

  /** What becomes of a verdict: itself, a safer one, or a hold with the reason of the refusal. */
  static Ruling ruling(Situation context, Verdict proposed) {
    Verdict verdict = safer(context, proposed);
    String refused = refusal(context, verdict);
    return refused == null
        ? new Ruling(verdict, null)
        : new Ruling(new Verdict.Hold(refused), refused);
  }

  /**
   * Traffic that the canary carries does not go to a primary without an available pod (guard rail
   * 2): instead of a rollback the canary keeps it as after a failed promotion, and an unanalysed
   * promotion waits for the primary as an analysed one does.
   */
  private static Verdict safer(Situation context, Verdict verdict) {
    if (!Availability.isStranding(context)) {
      return verdict;
    }
    if (verdict instanceof Verdict.Rollback) {
      return new Verdict.Strand(verdict.reason() + "; the primary has no available pod");
    }
    return verdict instanceof Verdict.PromoteUnanalysed && analysing(context) == null
        ? new Verdict.Promote(verdict.reason() + "; the canary serves until the primary does")
        : verdict;
  }

  /** Why a verdict may not be carried out, or null when it may. */
  private static @Nullable String refusal(Situation context, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Suspend _,
          Verdict.Freeze _,
          Verdict.Hold _,
          Verdict.Idle _,
          Verdict.Halt _,
          Verdict.Rollback _ ->
          null;
      case Verdict.Terminate _ -> deleted(context);
      case Verdict.Release _ -> first(deleted(context), Availability.targetTakesOver(context));
      case Verdict.Await wait -> await(context, wait.gate());
      case Verdict.Accept _ ->
          first(phase(context, Phase.NONE, Phase.FAILED), neverPromoted(context));
      case Verdict.Initialise _ ->
          first(
              phase(context, Phase.INITIALIZING),
              revision(context),
              Availability.primaryServes(context),
              firstIsPresent(context));
      case Verdict.Abandon _ -> first(phase(context, Phase.INITIALIZING), revision(context));
      case Verdict.Rebaseline _ -> first(revision(context), nothingNew(context));
      case Verdict.Start _ ->
          first(
              phase(context, Phase.INITIALIZED, Phase.SUCCEEDED, Phase.FAILED, Phase.WAITING),
              revision(context),
              promotedOnce(context),
              Proof.gates(context, WebhookType.CONFIRM_ROLLOUT));
      case Verdict.Restart _ ->
          first(revision(context), notCopied(context), Availability.retreat(context));
      case Verdict.Cancel _ ->
          first(revision(context), cancel(context), Availability.retreat(context));
      case Verdict.Mirror _ ->
          first(phase(context, Phase.PROGRESSING), mirror(context), rise(context));
      case Verdict.Iterate step ->
          first(analysing(context), iteration(context, step.iteration()), rise(context));
      case Verdict.Advance step ->
          first(phase(context, Phase.PROGRESSING), advance(context, step.weight()), rise(context));
      case Verdict.Promote _ -> first(analysing(context), analysed(context), promotion(context));
      case Verdict.PromoteEarly _ ->
          first(
              phase(context, Phase.PROGRESSING),
              afterLiveStep(context),
              analysed(context),
              Availability.targetReady(context),
              Proof.ofEarlyPromotion(context));
      case Verdict.PromoteUnanalysed _ ->
          first(unanalysed(context), skips(context), Availability.retreat(context));
      case Verdict.Strand _ ->
          first(Availability.stranding(context), Availability.targetAlive(context));
      case Verdict.Shift step ->
          first(
              phase(context, Phase.PROMOTING),
              shift(context, step.weight()),
              inPrimary(context),
              Availability.primaryServes(context));
      case Verdict.Finalise _ ->
          first(
              phase(context, Phase.PROMOTING),
              inPrimary(context),
              Availability.primaryServes(context));
      case Verdict.Succeed _ ->
          first(phase(context, Phase.FINALISING), Availability.primaryServes(context));
      case Verdict.Settle _ ->
          first(
              phase(context, Phase.FAILED), restored(context), Availability.primaryServes(context));
    };
  }

  /** The first refusal, or null when there is none. */
  static @Nullable String first(@Nullable String... refusals) {
    for (String refusal : refusals) {
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  // ── the course of a rollout ─────────────────────────────────────────────────────────────────

  /** A wait may enter a phase of its own, so it belongs where that phase comes from. */
  private static @Nullable String await(Situation context, Gate gate) {
    if (gate.open()) {
      return "gate " + gate.name() + " is open, it needs no wait";
    }
    return switch (gate.type()) {
      case CONFIRM_ROLLOUT ->
          first(
              phase(context, Phase.INITIALIZED, Phase.SUCCEEDED, Phase.FAILED, Phase.WAITING),
              promotedOnce(context),
              context.facts().rollout().stranded()
                  ? "the canary serves in place of its primary"
                  : null);
      case CONFIRM_PROMOTION -> analysing(context);
      case PRE_ROLLOUT, ROLLOUT, CONFIRM_TRAFFIC_INCREASE, ROLLBACK, POST_ROLLOUT, EVENT -> null;
    };
  }

  private static @Nullable String analysing(Situation context) {
    return phase(context, Phase.PROGRESSING, Phase.WAITING_PROMOTION);
  }

  /** Once the primary carries the revision of the run, a newer target changes nothing. */
  private static @Nullable String unanalysed(Situation context) {
    if (context.facts().rollout().promoting()) {
      return inPrimary(context) == null ? null : analysed(context);
    }
    return first(analysing(context), analysed(context));
  }

  static @Nullable String phase(Situation context, Phase... allowed) {
    Phase phase = context.facts().rollout().phase();
    return List.of(allowed).contains(phase)
        ? null
        : "it is not possible in phase '" + phase.wireName() + "'";
  }

  private static @Nullable String deleted(Situation context) {
    return context.facts().rollout().deleted() ? null : "the Canary is not being deleted";
  }

  private static @Nullable String promotedOnce(Situation context) {
    return context.facts().rollout().promotedOnce() ? null : "there is no primary to go back to";
  }

  private static @Nullable String neverPromoted(Situation context) {
    return context.facts().rollout().promotedOnce() ? "there is a promoted primary already" : null;
  }

  // ── guard rail 1: one step, on evidence ─────────────────────────────────────────────────────

  private static @Nullable String advance(Situation context, int weight) {
    Rollout rollout = context.facts().rollout();
    boolean step =
        rollout.strategy() == Strategy.PROGRESSIVE
            && weight > rollout.weight()
            && weight <= Math.min(rollout.nextWeight(), rollout.maxWeight());
    return step
        ? null
        : "weight %d is not one step from %d; the next step is %d of at most %d"
            .formatted(weight, rollout.weight(), rollout.nextWeight(), rollout.maxWeight());
  }

  private static @Nullable String mirror(Situation context) {
    Rollout rollout = context.facts().rollout();
    boolean first =
        rollout.strategy() == Strategy.PROGRESSIVE && rollout.mirror() && !rollout.started();
    return first ? null : "traffic is mirrored in the first step of a progressive run only";
  }

  private static @Nullable String iteration(Situation context, int iteration) {
    Rollout rollout = context.facts().rollout();
    if (rollout.strategy() == Strategy.PROGRESSIVE || iteration != rollout.iterations() + 1) {
      return "iteration %d does not follow iteration %d".formatted(iteration, rollout.iterations());
    }
    return Plan.routesAll(rollout, iteration)
        ? Proof.gates(context, WebhookType.CONFIRM_PROMOTION)
        : null;
  }

  /** The canary's share rises only to a ready copy of the revision of the run, on evidence. */
  private static @Nullable String rise(Situation context) {
    return first(analysed(context), Availability.targetReady(context), Proof.ofStep(context));
  }

  private static @Nullable String shift(Situation context, int weight) {
    int now = context.facts().rollout().weight();
    return weight >= now || weight < 0
        ? "weight %d does not lead from %d back to the primary".formatted(weight, now)
        : null;
  }

  // ── guard rail 3: what is promoted is what was analysed ─────────────────────────────────────

  private static @Nullable String revision(Situation context) {
    return context.facts().revision() == null ? "the target cannot be read" : null;
  }

  private static @Nullable String analysed(Situation context) {
    Revision revision = context.facts().revision();
    return revision == null || !revision.analysed()
        ? "the target's revision is not the analysed one"
        : null;
  }

  private static @Nullable String promotion(Situation context) {
    Rollout rollout = context.facts().rollout();
    if (rollout.skipAnalysis() && Availability.isStranding(context)) {
      return null;
    }
    return rollout.complete() ? Proof.ofPromotion(context) : "the analysis is not complete";
  }

  /** Mirrored traffic is no step of its own: the weight is what users have met. */
  private static @Nullable String afterLiveStep(Situation context) {
    Rollout rollout = context.facts().rollout();
    if (rollout.strategy() != Strategy.PROGRESSIVE) {
      return "only a progressive run is promoted early, this one is "
          + rollout.strategy().wireName();
    }
    return rollout.weight() == 0 ? "no step of live traffic was taken yet" : null;
  }

  private static @Nullable String skips(Situation context) {
    return context.facts().rollout().skipAnalysis()
        ? null
        : "the canary does not skip its analysis";
  }

  /** What is called promoted is what the primary carries. */
  private static @Nullable String firstIsPresent(Situation context) {
    Revision revision = context.facts().revision();
    return revision == null || !revision.primary().equals(revision.target())
        ? "the primary does not carry the target's present revision yet"
        : null;
  }

  /** A new revision is never remembered as the applied one without a run. */
  private static @Nullable String nothingNew(Situation context) {
    Revision revision = context.facts().revision();
    boolean back = revision != null && revision.reverted() && context.facts().rollout().idle();
    return back || (revision != null && revision.foreign())
        ? null
        : "a revision that was neither promoted before nor another controller's wants a run";
  }

  private static @Nullable String inPrimary(Situation context) {
    Revision revision = context.facts().revision();
    return revision == null || !revision.inPrimary()
        ? "the primary does not carry the promoted revision yet"
        : null;
  }

  /** A promotion can be taken back for as long as the primary has nothing of it. */
  private static @Nullable String notCopied(Situation context) {
    return inPrimary(context) == null
        ? analysing(context)
        : phase(context, Phase.PROGRESSING, Phase.WAITING_PROMOTION, Phase.PROMOTING);
  }

  /** A withdrawal leaves what was promoted, hence neither another template nor configuration. */
  private static @Nullable String cancel(Situation context) {
    Rollout rollout = context.facts().rollout();
    Revision revision = context.facts().revision();
    boolean promoted = revision != null && revision.target().equals(revision.promoted());
    if (revision == null || revision.configsChanged()) {
      return "the configuration is not the promoted one";
    }
    if (rollout.phase() == Phase.WAITING) {
      return null;
    }
    return promoted && !revision.reverted()
        ? "nothing was withdrawn; a rollback rejects what is analysed"
        : notCopied(context);
  }

  private static @Nullable String restored(Situation context) {
    Revision revision = context.facts().revision();
    return revision == null || !revision.primary().equals(revision.promoted())
        ? "the last good primary is not back yet"
        : null;
  }
}
