package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.World;
import io.serin.fact.Problem;
import io.serin.fact.Traffic;
import io.serin.traffic.Observed;
import io.serin.traffic.Router;
import io.serin.traffic.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where traffic goes, and whether that is where the status wants it. */
final class TrafficObserver {

  private TrafficObserver() {}

  /** Null while it cannot be told, or is none of our business. */
  static @Nullable Traffic observe(
      Canary canary,
      Plan plan,
      String provider,
      Router router,
      World world,
      List<Problem> problems) {
    if (Plan.untouched(canary)
        || problems.stream().anyMatch(p -> p.kind() == Problem.Kind.PROVIDER)) {
      return null;
    }
    Split wanted = plan.split(canary);
    if (!plan.routed()) {
      return new Traffic(provider, 100, 0, false, true, "");
    }
    return switch (router.observe(canary, world)) {
      case Observed.Routed(Split split) ->
          traffic(provider, split, split.equals(wanted), differs(split, wanted));
      case Observed.Pending(Split split, String reason) -> traffic(provider, split, false, reason);
      case Observed.Absent(String reason) -> traffic(provider, Split.PRIMARY, false, reason);
      case Observed.Malformed(String _) -> null;
    };
  }

  private static Traffic traffic(String provider, Split split, boolean settled, String reason) {
    return new Traffic(
        provider,
        split.primary(),
        split.canary(),
        split.mirrored(),
        settled,
        settled ? "" : reason);
  }

  private static String differs(Split split, Split wanted) {
    return "traffic is %d/%d%s, waiting for %d/%d%s"
        .formatted(
            split.primary(),
            split.canary(),
            split.mirrored() ? " mirrored" : "",
            wanted.primary(),
            wanted.canary(),
            wanted.mirrored() ? " mirrored" : "");
  }
}
