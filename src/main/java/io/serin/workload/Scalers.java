package io.serin.workload;

import io.serin.api.AutoscalerRef;
import io.serin.fact.Problem;
import java.util.Optional;

/** The kinds of autoscaler that a Canary may name. */
public final class Scalers {
  private Scalers() {}

  /** The kind that the reference names; empty when it is none of those, see {@link #unknown}. */
  public static Optional<Scaler> of(AutoscalerRef ref) {
    return switch (ref.kind()) {
      case HpaScaler.KIND -> Optional.of(new HpaScaler());
      default -> Optional.empty();
    };
  }

  /** What to tell when {@link #of} finds nothing. */
  public static Problem unknown(AutoscalerRef ref) {
    return new Problem(
        Problem.Kind.SPEC,
        "spec.autoscalerRef.kind %s is not supported; use %s"
            .formatted(ref.kind(), HpaScaler.KIND));
  }
}
