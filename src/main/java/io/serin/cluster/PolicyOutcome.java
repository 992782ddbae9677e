package io.serin.cluster;

import io.serin.api.PromotionPolicySpec;
import io.serin.api.PromotionPolicyStatus;
import org.jspecify.annotations.Nullable;

/**
 * What became of a policy.
 *
 * @param status what its author is told
 * @param active the version that is active; null while none is
 */
public record PolicyOutcome(PromotionPolicyStatus status, @Nullable PromotionPolicySpec active) {}
