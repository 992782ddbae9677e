package io.serin.policy.testing;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Intervention;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.Probe;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Traffic;
import io.serin.fact.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes facts and evidence out of what a case says. What it does not say is as in a healthy rollout
 * of that phase: everything is ready, due and settled.
 */
final class FactReader {

  private static final List<String> FACTS =
      List.of(
          "rollout",
          "revision",
          "target",
          "primary",
          "traffic",
          "hooks",
          "checks",
          "interventions",
          "problems",
          "moment",
          "freezes",
          "fleet",
          "dependencies",
          "capacity",
          "trends",
          "streak",
          "priorRun",
          "settings");

  private FactReader() {}

  static Facts facts(Map<String, Object> written, Map<String, Object> evidence) {
    Yaml.only(written, "facts", FACTS);
    Rollout rollout = rollout(Yaml.map(written.get("rollout"), "rollout"));
    List<Workload> workloads = new ArrayList<>();
    workload(written, "target", Workload.Role.TARGET, rollout, workloads);
    workload(written, "primary", Workload.Role.PRIMARY, rollout, workloads);
    return new Facts(
        rollout,
        absent(written, "revision") ? null : revision(written.get("revision"), rollout.phase()),
        workloads,
        absent(written, "traffic") ? null : traffic(written.get("traffic"), rollout),
        hooks(written.get("hooks"), evidence.get("gates")),
        checks(written.get("checks"), evidence.get("metrics")),
        Yaml.list(written.get("interventions")).stream().map(FactReader::intervention).toList(),
        Yaml.list(written.get("problems")).stream().map(FactReader::problem).toList(),
        moment(Yaml.map(written.get("moment"), "moment")),
        SurroundingsReader.read(written));
  }

  static Evidence evidence(Map<String, Object> written) {
    Yaml.only(written, "evidence", List.of("gates", "metrics", "probe"));
    List<Gate> gates = new ArrayList<>();
    for (Object gate : Yaml.list(written.get("gates"))) {
      gates.add(gate(Yaml.map(gate, "gate"), gates.size()));
    }
    List<Metric> metrics = new ArrayList<>();
    for (Object metric : Yaml.list(written.get("metrics"))) {
      metrics.add(metric(Yaml.map(metric, "metric"), metrics.size()));
    }
    Object probe = written.get("probe");
    return new Evidence(
        gates,
        metrics,
        probe == null
            ? null
            : Yaml.fact(Probe.class, Map.of("online", true), Yaml.map(probe, "probe")));
  }

  private static boolean absent(Map<String, Object> written, String fact) {
    return written.containsKey(fact)
        && (written.get(fact) == null || "absent".equals(written.get(fact)));
  }

  private static Rollout rollout(Map<String, Object> written) {
    Phase phase =
        (Phase)
            Yaml.constant(
                written.getOrDefault("phase", "Progressing"), Phase.class, "rollout.phase");
    Strategy strategy =
        (Strategy)
            Yaml.constant(
                written.getOrDefault("strategy", "PROGRESSIVE"),
                Strategy.class,
                "rollout.strategy");
    boolean progressive = strategy == Strategy.PROGRESSIVE;
    boolean analysing = phase == Phase.PROGRESSING || phase == Phase.WAITING_PROMOTION;
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("name", "podinfo");
    defaults.put("namespace", "test");
    defaults.put("phase", phase.name());
    defaults.put("strategy", strategy.name());
    defaults.put("weight", progressive && analysing ? 20 : phase == Phase.PROMOTING ? 50 : 0);
    defaults.put("maxWeight", progressive ? 50 : 100);
    defaults.put("iterations", !progressive && analysing ? 2 : 0);
    defaults.put("maxIterations", progressive ? 0 : 5);
    defaults.put("threshold", 5);
    defaults.put("routed", true);
    defaults.put("due", true);
    defaults.put("secondsUntilDue", Boolean.FALSE.equals(written.get("due")) ? 30 : 0);
    defaults.put("interval", 60);
    defaults.put("promotedOnce", phase != Phase.NONE && phase != Phase.INITIALIZING);
    int weight = number(written, defaults, "weight");
    defaults.put("nextWeight", Math.min(number(written, defaults, "maxWeight"), weight + 10));
    return Yaml.fact(Rollout.class, defaults, written);
  }

  private static int number(
      Map<String, Object> written, Map<String, Object> defaults, String name) {
    return Objects.requireNonNullElse(written.get(name), defaults.get(name)) instanceof Number n
        ? n.intValue()
        : 0;
  }

  private static Revision revision(@Nullable Object written, Phase phase) {
    boolean running = phase.isActive();
    boolean promoting = phase == Phase.PROMOTING || phase == Phase.FINALISING;
    boolean fresh = phase == Phase.WAITING;
    return Yaml.fact(
        Revision.class,
        Map.of(
            "target", running || fresh ? "2" : "1",
            "applied", running ? "2" : "1",
            "promoted", "1",
            "primary", promoting ? "2" : "1"),
        Yaml.map(written, "revision"));
  }

  private static void workload(
      Map<String, Object> written,
      String key,
      Workload.Role role,
      Rollout rollout,
      List<Workload> workloads) {
    if (absent(written, key)) {
      return;
    }
    boolean target = role == Workload.Role.TARGET;
    boolean up = !target || rollout.phase().isActive() || rollout.initialising();
    Map<String, Object> own = Yaml.map(written.get(key), key);
    boolean ready = !Boolean.FALSE.equals(own.get("ready"));
    String name = rollout.name() + (target ? "" : "-primary");
    workloads.add(
        Yaml.fact(
            Workload.class,
            Map.of(
                "role",
                role.name(),
                "name",
                name,
                "kind",
                "Deployment",
                "exists",
                true,
                "ready",
                true,
                "reason",
                ready ? "" : name + " is not ready: 1 of 2 pods are available",
                "replicas",
                up ? 2 : 0,
                "available",
                ready ? (up ? 2 : 0) : 1),
            own));
  }

  private static Traffic traffic(@Nullable Object written, Rollout rollout) {
    Map<String, Object> own = Yaml.map(written, "traffic");
    return Yaml.fact(
        Traffic.class,
        Map.of(
            "provider",
            "istio",
            "primary",
            100 - rollout.weight(),
            "canary",
            rollout.weight(),
            "mirrored",
            rollout.mirroring(),
            "settled",
            true,
            "reason",
            Boolean.FALSE.equals(own.get("settled")) ? "the route is not at its weight" : ""),
        own);
  }

  private static List<Hook> hooks(@Nullable Object written, @Nullable Object gates) {
    List<Hook> hooks = new ArrayList<>();
    for (Object one : Yaml.list(written)) {
      Map<String, Object> own = Yaml.map(one, "hook");
      String type = String.valueOf(own.getOrDefault("type", "rollout"));
      hooks.add(
          Yaml.fact(Hook.class, Map.of("name", type, "type", type, "order", hooks.size()), own));
    }
    for (Object one : Yaml.list(gates)) {
      Map<String, Object> own = Yaml.map(one, "gate");
      String type = String.valueOf(own.getOrDefault("type", "rollout"));
      String name = String.valueOf(own.getOrDefault("name", type));
      if (hooks.stream().noneMatch(h -> h.name().equals(name))) {
        hooks.add(
            Yaml.fact(
                Hook.class, Map.of("name", name, "type", type, "order", hooks.size()), Map.of()));
      }
    }
    return hooks;
  }

  private static List<Check> checks(@Nullable Object written, @Nullable Object metrics) {
    List<String> names = new ArrayList<>();
    Yaml.list(written)
        .forEach(
            c ->
                names.add(
                    c instanceof String s ? s : String.valueOf(Yaml.map(c, "check").get("name"))));
    for (Object metric : Yaml.list(metrics)) {
      String name = String.valueOf(Yaml.map(metric, "metric").getOrDefault("name", "success-rate"));
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    List<Check> checks = new ArrayList<>();
    names.forEach(name -> checks.add(new Check(name, checks.size(), true)));
    return checks;
  }

  private static Intervention intervention(Object written) {
    return written instanceof String kind
        ? Yaml.fact(
            Intervention.class,
            Map.of("kind", kind, "source", "annotation flagger.app/" + kind),
            Map.of())
        : Yaml.fact(
            Intervention.class,
            Map.of("source", "an annotation"),
            Yaml.map(written, "intervention"));
  }

  private static Problem problem(Object written) {
    return written instanceof String message
        ? new Problem(Problem.Kind.SPEC, message)
        : Yaml.fact(
            Problem.class,
            Map.of("kind", "SPEC", "message", "a problem"),
            Yaml.map(written, "problem"));
  }

  private static Moment moment(Map<String, Object> written) {
    return Yaml.fact(
        Moment.class,
        Map.of("epochSecond", 1_800_000_000L, "zone", "UTC", "day", "WEDNESDAY", "hour", 10),
        written);
  }

  private static Gate gate(Map<String, Object> written, int order) {
    String type = String.valueOf(written.getOrDefault("type", "rollout"));
    boolean open = !Boolean.FALSE.equals(written.get("open"));
    return Yaml.fact(
        Gate.class,
        Map.of(
            "name",
            type,
            "type",
            type,
            "order",
            order,
            "open",
            true,
            "answer",
            open ? "" : "closed"),
        written);
  }

  private static Metric metric(Map<String, Object> written, int order) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    String name = String.valueOf(written.getOrDefault("name", "success-rate"));
    Object outcome = written.getOrDefault("outcome", "PASS");
    defaults.put("name", name);
    defaults.put("order", order);
    defaults.put("outcome", outcome);
    defaults.put("message", message(name, String.valueOf(outcome), written.get("value")));
    return Yaml.fact(Metric.class, defaults, written);
  }

  private static String message(String name, String outcome, @Nullable Object value) {
    return name + (value == null ? "" : " is " + value) + ": " + outcome;
  }

  /** What a hook answers that the case says nothing about. */
  static Gate answer(Hook hook) {
    return new Gate(
        hook.name(),
        hook.type(),
        hook.order(),
        hook.type() != WebhookType.ROLLBACK,
        hook.muteAlert(),
        "");
  }

  /** What a check measures that the case says nothing about. */
  static Metric measurement(Check check) {
    return new Metric(
        check.name(),
        check.order(),
        Metric.Outcome.PASS,
        1.0,
        null,
        null,
        check.name() + " passes");
  }
}
