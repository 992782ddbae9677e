package io.serin.traffic;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import java.util.List;
import java.util.Set;

/**
 * A provider: drives traffic with one kind of routing object. Stateless and pure.
 *
 * <p>{@link #desired} starts from the object in the world, so that fields it does not own survive,
 * and is idempotent and free of history: whatever split an object carried before, after one
 * application it is what a fresh one would be. When only something else differs (a label, a host),
 * the split stays what is wanted; drift is never repaired to 100/0.
 */
public interface Router {

  /** What it can do for this canary; may depend on the spec (Istio's TCP routes cannot mirror). */
  Set<Capability> capabilities(Canary canary);

  /**
   * What keeps this canary's spec from working with the provider (a missing reference, an operator
   * that it lacks), one clear line each; empty when all is well. Which strategy needs which
   * capability is checked elsewhere.
   */
  List<String> problems(Canary canary, World world);

  /** The objects that it reads or writes for this canary. */
  List<ObjectRef> objects(Canary canary);

  /** The split that the objects carry now. */
  Observed observe(Canary canary, World world);

  /**
   * The complete objects that should exist, in the order in which they are to be written.
   *
   * @param canary spec, and the status with the session-affinity cookies to use
   * @param split wanted split
   */
  List<KubeObject> desired(Canary canary, Split split, World world);

  /**
   * The objects as they should be once the Canary is gone; empty when deletion takes care of them.
   */
  List<KubeObject> released(Canary canary, World world);
}
