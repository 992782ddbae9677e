package io.serin.fact;

/**
 * The other canaries that this controller sees, without this one.
 *
 * @param running rollouts under way: analysing, waiting for promotion, promoting or finalising
 * @param ahead those of them that go before this one: they have taken their first step, or have not
 *     and come first by namespace and name. So of rollouts that started in the same moment all but
 *     the first few wait before their first step
 * @param finished canaries among the latest 10 to end a run in the last 24 hours, each with its
 *     latest run
 * @param failed how many of those failed
 */
public record Fleet(int running, int ahead, int finished, int failed) {

  /** At most this many outcomes are looked at. */
  public static final int OUTCOMES = 10;
}
