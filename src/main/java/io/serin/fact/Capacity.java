package io.serin.fact;

/**
 * How much traffic the canary's pods can carry. The primary's replicas are what all traffic needs,
 * and a pod of either copy carries as much as one of the other. Absent while a copy is not known,
 * or while the primary wants no pods.
 *
 * @param canaryPods pods of the canary that are available
 * @param podsNeeded pods that all traffic needs: the replicas that the primary's spec wants
 * @param maxWeight the largest weight that the canary's available pods can carry, in percent, 0 to
 *     100: 100 × canaryPods / podsNeeded, rounded down
 */
public record Capacity(int canaryPods, int podsNeeded, int maxWeight) {

  /** The capacity of that many pods. */
  public static Capacity of(int canaryPods, int podsNeeded) {
    return new Capacity(
        canaryPods, podsNeeded, (int) Math.min(100, 100L * canaryPods / Math.max(1, podsNeeded)));
  }
}
