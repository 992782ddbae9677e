package io.serin.api;

import org.jspecify.annotations.Nullable;

/** Replica bounds for the primary's autoscaler; null keeps the target's. */
public record PrimaryScalerReplicas(@Nullable Integer minReplicas, @Nullable Integer maxReplicas) {
  static PrimaryScalerReplicas read(Fields f) {
    return new PrimaryScalerReplicas(f.wholeOrNull("minReplicas"), f.wholeOrNull("maxReplicas"));
  }
}
