package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.CanaryStatusBuilder;
import io.serin.api.Phase;
import io.serin.api.WebhookType;
import io.serin.fact.Gate;
import io.serin.fact.Revision;
import io.serin.fact.Verdict;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a status and a verdict to the next status. The only code that changes phase, weight and
 * counters; a pure function but for the letters of new cookies. What must never happen it refuses,
 * whatever the rules say: then the verdict becomes a hold.
 */
final class Transition {

  private final Supplier<String> letters;

  /**
   * @param letters makes the value of a session-affinity cookie
   */
  Transition(Supplier<String> letters) {
    this.letters = letters;
  }

  /**
   * What a verdict led to.
   *
   * @param status the next status; equal to the present one when nothing changes
   * @param verdict the verdict that was carried out
   * @param refused the guard rail that stopped the proposed one, or null
   */
  record Outcome(CanaryStatus status, Verdict verdict, @Nullable String refused) {}

  /** Applies a verdict. */
  Outcome apply(Context context, Verdict proposed) {
    Verdict verdict = GuardRails.safer(context, proposed);
    String refused = GuardRails.refusal(context, verdict);
    if (refused != null) {
      verdict = new Verdict.Hold(refused);
    }
    CanaryStatus before = context.canary().status();
    CanaryStatus wanted = next(context, verdict);
    CanaryStatus after = withCookies(context, wanted);
    if (!after.equals(before)) {
      after = after.change().lastTransitionTime(context.now()).build();
      after = Conditions.promoted(context.canary(), after, context.now());
    }
    after = Conditions.blocked(after, context.facts().problems(), verdict, context.now());
    return new Outcome(after, verdict, refused);
  }

  private CanaryStatus next(Context context, Verdict verdict) {
    CanaryStatus now = context.canary().status();
    CanaryStatusBuilder change = now.change();
    return switch (verdict) {
      case Verdict.Suspend _, Verdict.Freeze _, Verdict.Hold _, Verdict.Idle _, Verdict.Release _ ->
          now;
      case Verdict.Await wait -> change.phase(waiting(now.phase(), wait.gate())).build();
      case Verdict.Halt _ -> change.failedChecks(now.failedChecks() + 1).build();
      case Verdict.Terminate _ ->
          change.phase(Phase.TERMINATING).canaryWeight(0).iterations(0).build();
      case Verdict.Rollback _ -> rejected(change, 0);
      case Verdict.Strand _ -> rejected(change, 100);
      case Verdict.Abandon _ ->
          applied(change, context).phase(Phase.FAILED).canaryWeight(0).iterations(0).build();
      case Verdict.Cancel _ -> cancelled(context, change);
      case Verdict.Restart _ -> begun(applied(change, context), 0);
      case Verdict.Start _ -> begun(applied(change, context), now.canaryWeight());
      case Verdict.Rebaseline _ -> rebaselined(context, change);
      case Verdict.Accept _ -> change.phase(Phase.INITIALIZING).build();
      case Verdict.Initialise _ -> initialised(context, change);
      case Verdict.Mirror _ -> change.iterations(1).build();
      case Verdict.Iterate step -> iterated(context, change, step.iteration());
      case Verdict.Advance step -> change.canaryWeight(step.weight()).iterations(0).build();
      case Verdict.Promote _ -> promoting(context, change);
      case Verdict.PromoteEarly _ -> change.phase(Phase.PROMOTING).build();
      case Verdict.PromoteUnanalysed _ -> succeeded(now, change);
      case Verdict.Shift step -> change.canaryWeight(step.weight()).build();
      case Verdict.Finalise _ ->
          change.phase(Phase.FINALISING).canaryWeight(0).iterations(0).build();
      case Verdict.Succeed _ -> succeeded(now, change);
      case Verdict.Settle _ -> change.canaryWeight(0).iterations(0).build();
    };
  }

  /** The phase that waits for a gate; only two of the gates have one. */
  private static Phase waiting(Phase phase, Gate gate) {
    return gate.type() == WebhookType.CONFIRM_ROLLOUT
        ? Phase.WAITING
        : gate.type() == WebhookType.CONFIRM_PROMOTION ? Phase.WAITING_PROMOTION : phase;
  }

  /** The revision of the run stays the applied one, so that a newer one is seen as new (W1). */
  private static CanaryStatus rejected(CanaryStatusBuilder change, int weight) {
    return change.phase(Phase.FAILED).canaryWeight(weight).failedChecks(0).iterations(0).build();
  }

  private static CanaryStatus begun(CanaryStatusBuilder change, int weight) {
    return change
        .phase(Phase.PROGRESSING)
        .canaryWeight(weight)
        .failedChecks(0)
        .iterations(0)
        .build();
  }

  /** A withdrawn revision leaves the canary as it was before the run: initialised, or failed. */
  private static CanaryStatus cancelled(Context context, CanaryStatusBuilder change) {
    Revision revision = revision(context);
    boolean promoted = revision.target().equals(revision.promoted());
    return applied(change, context)
        .phase(promoted ? Phase.INITIALIZED : Phase.FAILED)
        .canaryWeight(0)
        .failedChecks(0)
        .iterations(0)
        .build();
  }

  /** Where applied and promoted were the same in the foreign encoding, they are in ours. */
  private static CanaryStatus rebaselined(Context context, CanaryStatusBuilder change) {
    CanaryStatus now = context.canary().status();
    if (revision(context).foreign() && now.lastPromotedSpec().equals(now.lastAppliedSpec())) {
      change.lastPromotedSpec(revision(context).target());
    }
    return applied(change, context).build();
  }

  private static CanaryStatus initialised(Context context, CanaryStatusBuilder change) {
    return applied(change, context)
        .phase(Phase.INITIALIZED)
        .lastPromotedSpec(revision(context).target())
        .canaryWeight(0)
        .failedChecks(0)
        .iterations(0)
        .build();
  }

  private static CanaryStatus iterated(Context context, CanaryStatusBuilder change, int iteration) {
    if (Plan.routesAll(context.facts().rollout(), iteration)) {
      change.canaryWeight(context.plan().weightOfAll());
    }
    return change.iterations(iteration).build();
  }

  private static CanaryStatus promoting(Context context, CanaryStatusBuilder change) {
    if (context.plan().iterations() > 0) {
      change.canaryWeight(context.plan().weightOfAll());
    }
    return change.phase(Phase.PROMOTING).build();
  }

  private static CanaryStatus succeeded(CanaryStatus now, CanaryStatusBuilder change) {
    return change
        .phase(Phase.SUCCEEDED)
        .canaryWeight(0)
        .iterations(0)
        .lastPromotedSpec(now.lastAppliedSpec())
        .build();
  }

  private static CanaryStatusBuilder applied(CanaryStatusBuilder change, Context context) {
    return change.lastAppliedSpec(revision(context).target()).trackedConfigs(context.configs());
  }

  private static Revision revision(Context context) {
    return Objects.requireNonNull(context.facts().revision(), "the guard rails want a revision");
  }

  /**
   * Makes the cookies of a run when its first traffic moves and retires them when the last is back.
   * They are part of the status, hence stored before any route carries them (W23).
   */
  private CanaryStatus withCookies(Context context, CanaryStatus status) {
    var affinity = context.canary().analysis().sessionAffinity();
    if (affinity == null || !context.affine()) {
      return status;
    }
    CanaryStatusBuilder change = status.change();
    boolean live = context.plan().split(context.canary().with(status)).canary() > 0;
    if (!live) {
      return status.sessionAffinityCookie().isEmpty()
          ? status
          : change
              .previousSessionAffinityCookie(status.sessionAffinityCookie())
              .sessionAffinityCookie("")
              .build();
    }
    if (status.sessionAffinityCookie().isEmpty()) {
      change.sessionAffinityCookie(affinity.cookieName() + "=" + letters.get());
    }
    String primary = affinity.primaryCookieName();
    if (!primary.isEmpty() && !status.primarySessionAffinityCookie().startsWith(primary + "=")) {
      change.primarySessionAffinityCookie(primary + "=" + letters.get());
    }
    return change.build();
  }
}
