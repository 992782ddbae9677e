package io.serin.cluster;

import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a cluster. Each method is one request. Writes of an existing object carry its
 * {@code resourceVersion}, so a write that rests on an old state is refused by the API server.
 */
public interface Cluster {

  /** The caches. */
  World world();

  /**
   * Replaces the status of a Canary.
   *
   * @return the Canary as stored
   * @throws ConflictException when somebody changed it since it was read
   * @throws ClusterException when the API server refuses or cannot be reached
   */
  KubeObject writeStatus(KubeObject canary, CanaryStatus status);

  /**
   * Creates an object.
   *
   * @throws ConflictException when it exists
   * @throws ClusterException when the API server refuses or cannot be reached
   */
  void create(KubeObject object);

  /**
   * Brings an object from what was observed to what is desired, by a merge patch of the difference;
   * nothing is sent when there is none. A desired object with a {@code resourceVersion} was derived
   * from that state, and is refused when another one was observed since.
   *
   * @return whether something was sent
   * @throws ConflictException when somebody changed it since it was read
   * @throws ClusterException when the API server refuses or cannot be reached
   */
  boolean update(KubeObject observed, KubeObject desired);

  /** Deletes an object; one that is gone already is fine. */
  void delete(ObjectRef ref);

  /**
   * The object as stored, data included, by a request: the caches keep of ConfigMaps and Secrets
   * the checksum only.
   *
   * @return null when there is none
   */
  @Nullable KubeObject read(ObjectRef ref);

  /** Records an event on an object. Never throws: an event that cannot be stored is logged. */
  void emit(Event event);
}
