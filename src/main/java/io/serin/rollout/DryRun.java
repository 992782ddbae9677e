package io.serin.rollout;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The pure part of a tick without a cluster around it: what a verdict would lead to, and what the
 * world would look like. The same guard rails and the same steps as in the controller.
 */
public final class DryRun {

  private DryRun() {}

  /**
   * What a verdict leads to.
   *
   * @param verdict the verdict that is carried out
   * @param refused the guard rail that stopped the proposed one, or null
   * @param after where the rollout stands then
   */
  public record Outcome(Verdict verdict, @Nullable String refused, Standing after) {}

  /** Carries a verdict out on the rollout of these facts. */
  public static Outcome carryOut(Facts facts, Evidence evidence, Verdict proposed) {
    var ruling = GuardRails.ruling(new Situation(facts, evidence), proposed);
    Standing after = Standing.of(facts.rollout()).after(facts, ruling.verdict());
    return new Outcome(ruling.verdict(), ruling.refused(), after);
  }

  /**
   * Traffic once the world has reached what the rollout wants.
   *
   * @param provider provider string, such as {@code gatewayapi:v1}
   */
  public static Traffic settled(Rollout rollout, String provider) {
    if (!rollout.routed()) {
      return new Traffic(provider, 100, 0, false, true, "");
    }
    var split = Plan.split(rollout);
    return new Traffic(provider, split.primary(), split.canary(), split.mirrored(), true, "");
  }
}
