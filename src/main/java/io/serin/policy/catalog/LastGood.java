package io.serin.policy.catalog;

import java.util.Optional;

/** Remembers the last good version of each policy beyond the life of a process. */
@FunctionalInterface
public interface LastGood {

  /** Remembers nothing. */
  LastGood NONE = _ -> Optional.empty();

  /**
   * What is remembered of a policy. Asked only when its newest version is refused and none is
   * active; may wait, and never throws: what cannot be read is a problem of the definition.
   */
  Optional<PolicyDefinition> find(PolicyKey key);
}
