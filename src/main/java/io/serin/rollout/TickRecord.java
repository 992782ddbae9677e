package io.serin.rollout;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Verdict;
import io.serin.policy.Asked;
import io.serin.policy.Proposal;
import io.serin.policy.ShadowDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision record of one tick: everything that is needed to understand it, and to decide it
 * again. The log, the events, {@code explain} and recordings are all made from it.
 *
 * @param canary {@code namespace/name}
 * @param tick number of the tick since the controller started, from 1
 * @param at time of the tick
 * @param policy digest of the policy
 * @param facts what was observed
 * @param asked what rules asked for
 * @param evidence what was answered
 * @param proposals all proposals, the winner first
 * @param verdict the verdict that was carried out
 * @param refused the guard rail that overruled the winner, or null
 * @param trouble why the policy could not decide, or null
 * @param before where the rollout stood
 * @param after where it stands now
 * @param effects what was written to the cluster, one line each
 * @param told what people were told
 * @param took how long the tick took
 * @param backfilled null for a tick that a controller took; otherwise where its course is from when
 *     it was made up from the history of a metric server: {@link #FROM_HISTORY} or {@link
 *     #FROM_SCHEDULE}
 * @param shadows what shadow policies would have decided
 */
public record TickRecord(
    String canary,
    long tick,
    Instant at,
    String policy,
    Facts facts,
    List<Asked> asked,
    Evidence evidence,
    List<Proposal> proposals,
    Verdict verdict,
    @Nullable String refused,
    @Nullable String trouble,
    Standing before,
    Standing after,
    List<String> effects,
    List<Told> told,
    Duration took,
    @Nullable String backfilled,
    List<ShadowDecision> shadows) {

  /** Phase and weight are those that the controller's own metrics had then. */
  public static final String FROM_HISTORY = "history";

  /**
   * Phase and weight are those of a run in which every step succeeds; nobody knows the real ones.
   */
  public static final String FROM_SCHEDULE = "schedule";

  /** Copies the lists. */
  public TickRecord {
    asked = List.copyOf(asked);
    proposals = List.copyOf(proposals);
    effects = List.copyOf(effects);
    told = List.copyOf(told);
    shadows = List.copyOf(shadows);
  }

  /** The rule whose proposal won. */
  public String rule() {
    return proposals.getFirst().rule();
  }

  /** The same tick with its proposals told in another way. */
  public TickRecord withProposals(List<Proposal> others) {
    return new TickRecord(
        canary,
        tick,
        at,
        policy,
        facts,
        asked,
        evidence,
        others,
        verdict,
        refused,
        trouble,
        before,
        after,
        effects,
        told,
        took,
        backfilled,
        shadows);
  }
}
