package io.serin.demo;

import io.serin.api.Phase;

/**
 * How the rollout of a release ended.
 *
 * @param name image and tag
 * @param phase its last phase
 * @param expected it is the phase in which the story wanted it to end
 * @param ticks decisions that it took
 * @param maxCanaryWeight the largest weight that the canary ever had, in percent
 */
record Ending(String name, Phase phase, boolean expected, int ticks, int maxCanaryWeight) {}
