package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.CanaryStatusBuilder;
import io.serin.fact.Revision;
import io.serin.fact.Verdict;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a status and a verdict to the next status: where the rollout stands is what {@link Standing}
 * makes of the verdict, and to it come revisions, cookies and conditions. A pure function but for
 * the letters of new cookies. What must never happen it refuses, whatever the rules say: then the
 * verdict becomes a hold.
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
    var ruling = GuardRails.ruling(new Situation(context.facts(), context.evidence()), proposed);
    Verdict verdict = ruling.verdict();
    CanaryStatus before = context.canary().status();
    CanaryStatus wanted = next(context, verdict);
    CanaryStatus after = withCookies(context, wanted);
    if (!after.equals(before)) {
      after = after.change().lastTransitionTime(context.now()).build();
      after = Conditions.promoted(context.canary(), after, context.now());
    }
    after = Conditions.blocked(after, context.facts().problems(), verdict, context.now());
    return new Outcome(after, verdict, ruling.refused());
  }

  /** Where the rollout stands, and which revisions that is about. */
  private static CanaryStatus next(Context context, Verdict verdict) {
    CanaryStatus now = context.canary().status();
    Standing standing = Standing.of(now).after(context.facts(), verdict);
    CanaryStatusBuilder change =
        now.change()
            .phase(standing.phase())
            .canaryWeight(standing.weight())
            .iterations(standing.iterations())
            .failedChecks(standing.failedChecks());
    return switch (verdict) {
      case Verdict.Abandon _, Verdict.Cancel _, Verdict.Restart _, Verdict.Start _ ->
          applied(change, context).build();
      case Verdict.Rebaseline _ -> rebaselined(context, change);
      case Verdict.Initialise _ ->
          applied(change, context).lastPromotedSpec(revision(context).target()).build();
      case Verdict.PromoteUnanalysed _, Verdict.Succeed _ ->
          change.lastPromotedSpec(now.lastAppliedSpec()).build();
      case Verdict.Suspend _,
          Verdict.Freeze _,
          Verdict.Hold _,
          Verdict.Idle _,
          Verdict.Release _,
          Verdict.Await _,
          Verdict.Halt _,
          Verdict.Terminate _,
          Verdict.Rollback _,
          Verdict.Strand _,
          Verdict.Accept _,
          Verdict.Mirror _,
          Verdict.Iterate _,
          Verdict.Advance _,
          Verdict.Promote _,
          Verdict.PromoteEarly _,
          Verdict.Shift _,
          Verdict.Finalise _,
          Verdict.Settle _ ->
          change.build();
    };
  }

  /** Where applied and promoted were the same in the foreign encoding, they are in ours. */
  private static CanaryStatus rebaselined(Context context, CanaryStatusBuilder change) {
    CanaryStatus now = context.canary().status();
    if (revision(context).foreign() && now.lastPromotedSpec().equals(now.lastAppliedSpec())) {
      change.lastPromotedSpec(revision(context).target());
    }
    return applied(change, context).build();
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
