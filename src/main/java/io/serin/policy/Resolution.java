package io.serin.policy;

import io.serin.fact.Verdict;
import java.util.Comparator;
import java.util.List;

/**
 * Brings proposals into the order of caution. The order in which rules fired does not matter, and
 * one more proposal can only make the winner more careful.
 */
public final class Resolution {

  /**
   * The most careful first; within a level the least bold; then by name, so that equals are stable.
   */
  private static final Comparator<Proposal> BY_CAUTION =
      Comparator.comparing((Proposal p) -> p.verdict().caution())
          .thenComparingInt(p -> p.verdict().boldness())
          .thenComparing(p -> p.verdict().verb())
          .thenComparing(Proposal::rule)
          .thenComparing(p -> p.verdict().reason());

  private Resolution() {}

  /** The proposals by caution, the winner first. */
  public static List<Proposal> byCaution(List<Proposal> proposals) {
    return proposals.stream().sorted(BY_CAUTION).toList();
  }

  /** Whether {@code one} is at least as careful as {@code other}. */
  public static boolean atLeastAsCareful(Verdict one, Verdict other) {
    int level = one.caution().compareTo(other.caution());
    return level < 0 || (level == 0 && one.boldness() <= other.boldness());
  }
}
