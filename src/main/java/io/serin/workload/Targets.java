package io.serin.workload;

import io.serin.api.TargetRef;
import io.serin.fact.Problem;
import java.util.Optional;

/** The kinds of workload that can be rolled out. */
public final class Targets {
  private final Target deployment;

  public Targets(WorkloadOptions options) {
    deployment = new DeploymentTarget(options);
  }

  /** The kind that a Canary points at; empty when it is none of those, see {@link #unknown}. */
  public Optional<Target> of(TargetRef ref) {
    return switch (ref.kind()) {
      case "Deployment" -> Optional.of(deployment);
      default -> Optional.empty();
    };
  }

  /** What to tell when {@link #of} finds nothing. */
  public static Problem unknown(TargetRef ref) {
    return new Problem(
        Problem.Kind.SPEC,
        "spec.targetRef.kind %s (%s) cannot be rolled out; use Deployment"
            .formatted(ref.kind(), ref.apiVersion()));
  }
}
