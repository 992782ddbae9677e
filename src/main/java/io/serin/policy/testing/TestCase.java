package io.serin.policy.testing;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import java.util.List;

/**
 * One case of a test file.
 *
 * @param file the file it stands in
 * @param name what it shows, a sentence
 * @param ticks what the policy sees, one tick after the other; a plain case has one
 * @param expected what it must decide
 */
record TestCase(String file, String name, List<Tick> ticks, Expectation expected) {

  /** Copies the list. */
  TestCase {
    ticks = List.copyOf(ticks);
  }

  /**
   * What the policy sees in a tick.
   *
   * @param facts the facts
   * @param evidence answers to what it may ask
   */
  record Tick(Facts facts, Evidence evidence) {}
}
