package io.serin.workload;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.fact.Problem;
import java.util.List;
import java.util.Locale;

/** What keeps a target that runs pods from being rolled out. */
final class TargetProblems {
  private TargetProblems() {}

  static List<Problem> find(ObjectRef ref, String word, World world, WorkloadOptions options) {
    if (!world.synced(ref.apiVersion(), ref.kind())) {
      return List.of(new Problem(Problem.Kind.UNSYNCED, ref + " is not in the cache yet"));
    }
    KubeObject target = world.get(ref);
    if (target == null) {
      return List.of(
          new Problem(
              Problem.Kind.MISSING,
              "%s %s.%s get query error: not found; create it or correct spec.targetRef"
                  .formatted(word, ref.name(), ref.namespace())));
    }
    return Selector.of(target, options.selectorLabels()).isPresent()
        ? List.of()
        : List.of(new Problem(Problem.Kind.SPEC, unselected(target, options)));
  }

  static String unselected(KubeObject target, WorkloadOptions options) {
    return "%s %s.%s spec.selector.matchLabels must contain one of [%s]; the flag -selector-labels names others"
        .formatted(
            target.kind().toLowerCase(Locale.ROOT),
            target.name(),
            target.namespace(),
            String.join(" ", options.selectorLabels()));
  }
}
