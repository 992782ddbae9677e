package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a transition depends on, besides the verdict.
 *
 * @param canary spec and present status
 * @param plan how it goes about its rollout
 * @param facts what was observed
 * @param evidence what was asked for
 * @param configs tracked configuration as it is now, key to checksum; null when tracking is off
 * @param affine the provider keeps clients on their side, if the spec wants it
 * @param now time of the tick
 */
record Context(
    Canary canary,
    Plan plan,
    Facts facts,
    Evidence evidence,
    @Nullable Map<String, String> configs,
    boolean affine,
    Instant now) {}
