package io.serin.rollout;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * One object that should be different. Effects are carried out in order; the first that fails ends
 * the tick.
 */
sealed interface Effect {

  /** The object should exist and be like this. */
  record Apply(KubeObject desired) implements Effect {}

  /** The object should not exist. */
  record Delete(ObjectRef ref) implements Effect {}

  /**
   * A copy of a ConfigMap or Secret should hold what its source holds. The caches keep checksums
   * only, so both are read first.
   *
   * @param source the object to copy
   * @param checksum checksum that the source has to have; another one means that it changed since
   *     it was observed
   * @param copy name of the copy
   * @param maker makes the copy
   */
  record CopyConfig(ObjectRef source, String checksum, ObjectRef copy, Maker maker)
      implements Effect {}

  /** Makes a copy from the full source. */
  @FunctionalInterface
  interface Maker {
    /**
     * The wanted copy.
     *
     * @param existing the present copy, or null
     */
    KubeObject make(KubeObject source, @Nullable KubeObject existing);
  }
}
