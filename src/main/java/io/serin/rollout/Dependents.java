package io.serin.rollout;

import io.serin.api.ObjectRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which canaries looked at an object in their last tick. */
final class Dependents {

  private final Map<ObjectRef, Set<ObjectRef>> canariesByObject = new HashMap<>();
  private final Map<ObjectRef, Set<ObjectRef>> objectsByCanary = new HashMap<>();

  /** Replaces what a canary depends on. */
  synchronized void replace(ObjectRef canary, Set<ObjectRef> objects) {
    Set<ObjectRef> before = objectsByCanary.put(canary, Set.copyOf(objects));
    if (before != null) {
      before.forEach(object -> remove(object, canary));
    }
    for (ObjectRef object : objects) {
      canariesByObject.computeIfAbsent(object, _ -> new HashSet<>()).add(canary);
    }
  }

  /** A canary is gone. */
  synchronized void forget(ObjectRef canary) {
    replace(canary, Set.of());
    objectsByCanary.remove(canary);
  }

  /** The canaries that a change of an object concerns. */
  synchronized Set<ObjectRef> of(ObjectRef object) {
    return Set.copyOf(canariesByObject.getOrDefault(object, Set.of()));
  }

  private void remove(ObjectRef object, ObjectRef canary) {
    Set<ObjectRef> canaries = canariesByObject.get(object);
    if (canaries != null && canaries.remove(canary) && canaries.isEmpty()) {
      canariesByObject.remove(object);
    }
  }
}
