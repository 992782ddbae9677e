package io.serin.rollout;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;

/**
 * What the guard rails judge a verdict by.
 *
 * @param facts what was observed
 * @param evidence what was asked for
 */
record Situation(Facts facts, Evidence evidence) {}
