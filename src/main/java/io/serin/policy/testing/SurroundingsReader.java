package io.serin.policy.testing;

import io.serin.fact.Capacity;
import io.serin.fact.Dependency;
import io.serin.fact.Fleet;
import io.serin.fact.Freeze;
import io.serin.fact.PriorRun;
import io.serin.fact.Streak;
import io.serin.fact.Surroundings;
import io.serin.fact.Trend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes surroundings out of what a case says. What it does not mention at all is not known; of what
 * it mentions, the rest is what stands in nobody's way.
 */
final class SurroundingsReader {

  private SurroundingsReader() {}

  static Surroundings read(Map<String, Object> written) {
    return new Surroundings(
            all(written, "freezes", SurroundingsReader::freeze),
            one(written, "fleet", f -> Yaml.fact(Fleet.class, Map.of(), f)),
            all(written, "dependencies", SurroundingsReader::dependency),
            one(written, "capacity", SurroundingsReader::capacity),
            all(written, "trends", SurroundingsReader::trend),
            one(written, "streak", s -> Yaml.fact(Streak.class, Map.of("ticks", 1), s)),
            one(written, "priorRun", p -> Yaml.fact(PriorRun.class, Map.of("revision", "2"), p)))
        .wishing(wishes(written));
  }

  /** Settings are written as a Canary asks for them; the policy says what comes of it. */
  private static Map<String, String> wishes(Map<String, Object> written) {
    Map<String, String> wishes = new TreeMap<>();
    Yaml.map(written.get("settings"), "settings")
        .forEach((name, value) -> wishes.put(name, String.valueOf(value)));
    return wishes;
  }

  private static Freeze freeze(Map<String, Object> own) {
    boolean active = !Boolean.FALSE.equals(own.get("active"));
    return Yaml.fact(
        Freeze.class,
        Map.of(
            "name",
            "freeze",
            "active",
            true,
            "reason",
            "the calendar says so",
            "secondsLeft",
            active ? 3_600 : 0,
            "secondsUntil",
            active ? 0 : 86_400),
        own);
  }

  private static Dependency dependency(Map<String, Object> own) {
    boolean ready = !Boolean.FALSE.equals(own.get("ready"));
    return Yaml.fact(
        Dependency.class,
        Map.of(
            "namespace",
            "test",
            "name",
            "backend",
            "phase",
            ready ? "SUCCEEDED" : "PROGRESSING",
            "ready",
            true,
            "reason",
            ready ? "" : "it is being rolled out"),
        own);
  }

  /** The weight follows from the pods unless it is written. */
  private static Capacity capacity(Map<String, Object> own) {
    Capacity pods = Yaml.fact(Capacity.class, Map.of("canaryPods", 2, "podsNeeded", 2), own);
    Capacity derived = Capacity.of(pods.canaryPods(), pods.podsNeeded());
    return own.containsKey("maxWeight") ? pods : derived;
  }

  private static Trend trend(Map<String, Object> own) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("name", "latency");
    defaults.put("ticks", 5);
    defaults.put("minutesToLimit", Boolean.TRUE.equals(own.get("worsening")) ? 3.0 : null);
    return Yaml.fact(Trend.class, defaults, own);
  }

  private static <T> List<T> all(Map<String, Object> written, String key, Maker<T> make) {
    return Yaml.list(written.get(key)).stream().map(o -> make.of(Yaml.map(o, key))).toList();
  }

  private static <T> @Nullable T one(Map<String, Object> written, String key, Maker<T> make) {
    Object value = written.get(key);
    return value == null || "absent".equals(value) ? null : make.of(Yaml.map(value, key));
  }

  /** Makes a fact of what is written about it. */
  private interface Maker<T> {
    T of(Map<String, Object> written);
  }
}
