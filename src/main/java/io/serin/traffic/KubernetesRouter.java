package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.List;
import java.util.Set;

/**
 * Plain Services. The apex Service selects the primary's pods all the time, so live traffic never
 * reaches the canary; checks and load tests reach it through its own Service.
 */
final class KubernetesRouter implements Router {

  @Override
  public Set<Capability> capabilities(Canary canary) {
    return Set.of();
  }

  @Override
  public List<String> problems(Canary canary, World world) {
    return List.of();
  }

  @Override
  public List<ObjectRef> objects(Canary canary) {
    return List.of();
  }

  @Override
  public Observed observe(Canary canary, World world) {
    return new Observed.Routed(Split.PRIMARY);
  }

  @Override
  public List<KubeObject> desired(Canary canary, Split split, World world) {
    return List.of();
  }

  @Override
  public List<KubeObject> released(Canary canary, World world) {
    return List.of();
  }
}
