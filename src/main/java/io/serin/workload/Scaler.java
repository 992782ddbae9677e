package io.serin.workload;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.fact.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of autoscaler that a Canary may name. Stateless and pure. */
public interface Scaler {

  /** The user's autoscaler, which scales the target. */
  ObjectRef target(Canary canary);

  /** The copy that scales the primary. */
  ObjectRef primary(Canary canary);

  /** What keeps the autoscaler from being copied; empty when all is well. */
  List<Problem> problems(Canary canary, World world);

  /**
   * The primary's autoscaler as derived from the target's. Wanted when there is none yet, and at a
   * promotion; between promotions an existing one is left alone.
   *
   * @param existing the present copy; null to create it
   */
  KubeObject primary(Canary canary, KubeObject scaler, @Nullable KubeObject existing);

  /**
   * Replicas to start a target with that comes from zero, at least 1.
   *
   * @param scaler the target's autoscaler; null when it is missing
   */
  int minimum(@Nullable KubeObject scaler);

  /** The target's autoscaler so that it leaves a target of zero replicas alone. */
  KubeObject paused(KubeObject scaler);

  /** The target's autoscaler so that it scales again. */
  KubeObject resumed(KubeObject scaler);
}
