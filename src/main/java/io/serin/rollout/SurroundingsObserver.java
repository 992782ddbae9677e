package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.api.World;
import io.serin.calendar.CalendarException;
import io.serin.calendar.ChangeCalendar;
import io.serin.fact.Capacity;
import io.serin.fact.Dependency;
import io.serin.fact.Freeze;
import io.serin.fact.Revision;
import io.serin.fact.Surroundings;
import io.serin.fact.Workload;
import io.serin.workload.Revisions;
import io.serin.workload.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes facts of what lies around a canary. Asks nobody. */
final class SurroundingsObserver {

  /** How soon a calendar that is not in the cache yet is looked for again. */
  private static final long UNSYNCED_SECONDS = 5;

  private final Rooms rooms;
  private final RolloutOptions options;
  private final FleetView fleet;
  private final AtomicReference<@Nullable Parsed> parsed = new AtomicReference<>();

  SurroundingsObserver(Rooms rooms, RolloutOptions options, FleetView fleet) {
    this.rooms = rooms;
    this.options = options;
    this.fleet = fleet;
  }

  Surroundings observe(
      Canary canary,
      World world,
      Instant now,
      @Nullable Revision revision,
      List<Workload> workloads,
      History history) {
    return new Surroundings(
            freezes(canary, world, now),
            fleet.around(canary.ref(), now),
            dependencies(canary, world),
            capacity(workloads),
            history.trends(revision),
            history.streak(revision, now),
            history.priorRun(revision, now))
        .wishing(wishes(canary));
  }

  /** {@code name=value, name=value}; an entry without a value asks for nothing, and is told so. */
  private static Map<String, String> wishes(Canary canary) {
    String text = canary.metadata().annotation(Names.SETTINGS);
    Map<String, String> wishes = new TreeMap<>();
    for (String entry : text.split("[,\\n]", -1)) {
      if (!entry.isBlank()) {
        String[] parts = entry.split("=", 2);
        wishes.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "");
      }
    }
    return wishes;
  }

  /** A calendar that was asked for and cannot be read freezes: it may say so. */
  private List<Freeze> freezes(Canary canary, World world, Instant now) {
    String name = options.calendar();
    if (name.isEmpty()) {
      return List.of();
    }
    int slash = name.indexOf('/');
    ObjectRef ref =
        new ObjectRef("v1", "ConfigMap", name.substring(0, slash), name.substring(slash + 1));
    boolean synced = world.synced("v1", "ConfigMap");
    KubeObject object = world.get(ref);
    if (object == null) {
      return List.of(
          unreadable(
              name,
              synced ? "there is no such ConfigMap" : "it is not in the cache yet",
              synced ? ChangeCalendar.FAR.toSeconds() : UNSYNCED_SECONDS));
    }
    try {
      return calendar(object).at(now, canary.namespace());
    } catch (CalendarException e) {
      return List.of(
          unreadable(name, String.valueOf(e.getMessage()), ChangeCalendar.FAR.toSeconds()));
    }
  }

  private static Freeze unreadable(String name, String why, long seconds) {
    return new Freeze(
        "calendar", true, "the calendar " + name + " cannot be read: " + why, seconds, 0);
  }

  private ChangeCalendar calendar(KubeObject object) {
    String text = object.text("", "data", "calendar.yaml");
    if (text.isEmpty()) {
      throw new CalendarException(
          "it has no key calendar.yaml, or lacks the label " + Names.CALENDAR);
    }
    Parsed known = parsed.get();
    if (known == null || !known.text.equals(text)) {
      known = new Parsed(text, ChangeCalendar.parse(text));
      parsed.set(known);
    }
    return known.calendar;
  }

  private record Parsed(String text, ChangeCalendar calendar) {}

  private List<Dependency> dependencies(Canary canary, World world) {
    List<Dependency> all = new ArrayList<>();
    String names = canary.metadata().annotations().getOrDefault(Names.DEPENDS_ON, "");
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        all.add(dependency(canary, name.strip(), world));
      }
    }
    return all;
  }

  private Dependency dependency(Canary canary, String written, World world) {
    int slash = written.indexOf('/');
    String namespace = slash < 0 ? canary.namespace() : written.substring(0, slash);
    String name = written.substring(slash + 1);
    if (!options.crossNamespaceRefs() && !namespace.equals(canary.namespace())) {
      return new Dependency(
          namespace, name, Phase.NONE, false, "references to other namespaces are switched off");
    }
    KubeObject object =
        world.get(new ObjectRef(Names.FLAGGER_API_VERSION, Names.CANARY, namespace, name));
    if (object == null) {
      return new Dependency(namespace, name, Phase.NONE, false, "there is no such Canary");
    }
    Canary other = Canary.of(object);
    String reason = unready(other, world);
    return new Dependency(namespace, name, other.status().phase(), reason.isEmpty(), reason);
  }

  private String unready(Canary other, World world) {
    CanaryStatus status = other.status();
    Phase phase = status.phase();
    if (phase != Phase.SUCCEEDED && phase != Phase.INITIALIZED) {
      return "it is in phase '" + phase.wireName() + "'";
    }
    Target kind = rooms.targets().of(other.spec().targetRef()).orElse(null);
    KubeObject target = kind == null ? null : world.get(kind.target(other));
    if (kind == null || target == null) {
      return "its target cannot be read";
    }
    String applied = status.lastAppliedSpec();
    return Revisions.isForeign(applied) || kind.revision(target).equals(applied)
        ? ""
        : "it has a new revision to roll out";
  }

  private static @Nullable Capacity capacity(List<Workload> workloads) {
    Workload target = null;
    Workload primary = null;
    for (Workload workload : workloads) {
      if (workload.target()) {
        target = workload;
      } else {
        primary = workload;
      }
    }
    return target == null || primary == null || primary.replicas() == 0
        ? null
        : Capacity.of(target.available(), primary.replicas());
  }
}
