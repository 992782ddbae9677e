package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.Metadata;
import io.serin.api.Names;
import io.serin.api.World;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Canaries that share a target. */
final class Rivals {

  private static final Comparator<Metadata> AGE =
      Comparator.comparing(
              Metadata::creationTimestamp, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Metadata::name);

  private Rivals() {}

  /** The oldest one, which may go on; null when that is this Canary. */
  static @Nullable Canary oldest(Canary canary, World world) {
    String target = canary.spec().targetRef().name();
    return world.list(Names.FLAGGER_API_VERSION, Names.CANARY, canary.namespace()).stream()
        .filter(other -> !other.name().equals(canary.name()))
        // Cheap first: there may be hundreds in a namespace, and this runs in every tick.
        .filter(other -> other.text("", "spec", "targetRef", "name").equals(target))
        .map(Canary::of)
        .filter(other -> other.spec().targetRef().equals(canary.spec().targetRef()))
        .filter(other -> AGE.compare(other.metadata(), canary.metadata()) < 0)
        .min(Comparator.comparing(Canary::metadata, AGE))
        .orElse(null);
  }
}
