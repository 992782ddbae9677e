package io.serin.policy.check;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Check;
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
import io.serin.policy.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The groups of facts that a sweep combines. Each group is a list of variants, each variant a list
 * of facts; a state is one variant of each group.
 */
final class States {

  private static final int THRESHOLD = 3;
  private static final int MOST_ITERATIONS = 3;

  private final Boundaries boundaries;
  private final List<List<Object>> surrounds;
  private final List<List<List<Object>>> groups;

  /**
   * States of a policy.
   *
   * @param read the facts that its rules read
   */
  States(Boundaries boundaries, Settings settings, Set<Class<?>> read) {
    this.boundaries = boundaries;
    this.surrounds = new Surrounds(boundaries, settings).variants(read);
    this.groups = combined();
  }

  List<List<List<Object>>> groups() {
    return groups;
  }

  private List<List<List<Object>>> combined() {
    return List.of(
        rollouts(),
        interventions(),
        problems(),
        traffic(),
        revisions(),
        workloads(),
        moments(),
        surrounds,
        evidence());
  }

  private List<List<Object>> rollouts() {
    Map<String, List<?>> fixed = new HashMap<>();
    fixed.put("name", List.of("podinfo"));
    fixed.put("namespace", List.of("test"));
    fixed.put("weight", List.of(0, 20, 50, 100));
    fixed.put("maxWeight", List.of(50));
    fixed.put("nextWeight", List.of(0, 10, 30, 50));
    fixed.put("iterations", List.of(0, 1, MOST_ITERATIONS, MOST_ITERATIONS + 1));
    fixed.put("maxIterations", List.of(0, MOST_ITERATIONS));
    fixed.put("stepWeightPromotion", List.of(0, 20, 60));
    fixed.put("failedChecks", List.of(0, 1, THRESHOLD - 1, THRESHOLD));
    fixed.put("threshold", List.of(THRESHOLD));
    fixed.put("secondsUntilDue", List.of(0L, 30L));
    fixed.put("interval", List.of(60L));
    fixed.put("routed", List.of(true, false));
    List<List<Object>> all = new ArrayList<>();
    // By phase, so that the product of the rest stays one that is walked and not sampled.
    for (Phase phase : Phase.values()) {
      for (Strategy strategy : Strategy.values()) {
        fixed.put("phase", List.of(phase));
        fixed.put("strategy", List.of(strategy));
        narrow(fixed, phase, strategy);
        boundaries.each(Rollout.class, fixed, States::plausible, r -> all.add(List.of(r)));
      }
    }
    return all;
  }

  private static void narrow(Map<String, List<?>> fixed, Phase phase, Strategy strategy) {
    boolean analysing = phase == Phase.PROGRESSING || phase == Phase.WAITING_PROMOTION;
    boolean promoting = phase == Phase.PROMOTING || phase == Phase.FINALISING;
    boolean progressive = strategy == Strategy.PROGRESSIVE;
    fixed.put("maxIterations", List.of(progressive ? 0 : MOST_ITERATIONS));
    fixed.put(
        "iterations",
        !analysing
            ? List.of(0)
            : progressive ? List.of(0, 1) : List.of(0, 1, MOST_ITERATIONS, MOST_ITERATIONS + 1));
    fixed.put(
        "weight",
        phase == Phase.FAILED
            ? List.of(0, 100)
            : promoting
                ? List.of(0, 20, 50)
                : !analysing ? List.of(0) : progressive ? List.of(0, 20, 50) : List.of(0, 100));
    fixed.put("nextWeight", analysing ? List.of(10, 30, 50) : List.of(10));
    fixed.put("failedChecks", analysing ? List.of(0, 1, THRESHOLD - 1, THRESHOLD) : List.of(0));
    fixed.put("stepWeightPromotion", promoting ? List.of(0, 20, 60) : List.of(0));
    fixed.put(
        "deleted",
        phase == Phase.TERMINATING || phase == Phase.TERMINATED
            ? List.of(true)
            : List.of(false, true));
  }

  private static boolean plausible(Rollout r) {
    boolean fresh = r.phase() == Phase.NONE || r.phase() == Phase.INITIALIZING;
    if (r.due() != (r.secondsUntilDue() == 0)) {
      return false;
    }
    if (r.phase() != Phase.FAILED && r.phase() != Phase.TERMINATING && r.promotedOnce() == fresh) {
      return false;
    }
    if (r.weight() == 100 && r.phase() == Phase.FAILED && !r.promotedOnce()) {
      return false;
    }
    boolean green = r.strategy() == Strategy.BLUE_GREEN && r.iterations() > r.maxIterations();
    if (r.strategy() != Strategy.PROGRESSIVE
        && r.phase().isActive()
        && r.weight() == 100 != green) {
      return !r.analysing() && r.weight() <= 50;
    }
    if (r.strategy() == Strategy.AB_TESTING && r.iterations() > r.maxIterations()) {
      return false;
    }
    int next = r.weight() == 0 ? 10 : r.weight() == 20 ? 30 : 50;
    return !r.analysing() || r.nextWeight() == next;
  }

  private List<List<Object>> revisions() {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    boundaries.each(
        Revision.class,
        Map.of(
            "target", List.of("1", "2", "3"),
            "applied", List.of("1", "2"),
            "promoted", List.of("1"),
            "primary", List.of("1", "2")),
        r -> true,
        r -> all.add(List.of(r)));
    return all;
  }

  private List<List<Object>> workloads() {
    List<List<Object>> all = new ArrayList<>();
    for (List<Object> target : copies(Workload.Role.TARGET)) {
      for (List<Object> primary : copies(Workload.Role.PRIMARY)) {
        List<Object> both = new ArrayList<>(target);
        both.addAll(primary);
        all.add(both);
      }
    }
    return all;
  }

  private List<List<Object>> copies(Workload.Role role) {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    String name = role == Workload.Role.TARGET ? "podinfo" : "podinfo-primary";
    Map<String, List<?>> fixed = new HashMap<>();
    fixed.put("role", List.of(role));
    fixed.put("name", List.of(name));
    fixed.put("kind", List.of("Deployment"));
    fixed.put("exists", List.of(true));
    fixed.put("reason", List.of(name + " is not ready"));
    Predicate<Workload> plausible =
        w ->
            !(w.ready() && w.expired())
                && w.available() <= w.replicas()
                && (!w.ready() || w.available() == w.replicas());
    boundaries.each(Workload.class, fixed, plausible, w -> all.add(List.of(w)));
    return all;
  }

  private List<List<Object>> traffic() {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    boundaries.each(
        Traffic.class,
        Map.of(
            "provider", List.of("istio"),
            "reason", List.of("the route is not at its weight")),
        t -> t.primary() + t.canary() <= 100,
        t -> all.add(List.of(t)));
    return all;
  }

  private List<List<Object>> interventions() {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    for (Intervention.Kind kind : Intervention.Kind.values()) {
      all.add(List.of(new Intervention(kind, "an annotation")));
    }
    return all;
  }

  private List<List<Object>> problems() {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    for (Problem.Kind kind : Problem.Kind.values()) {
      all.add(List.of(new Problem(kind, "a problem")));
    }
    return all;
  }

  private List<List<Object>> moments() {
    List<List<Object>> all = new ArrayList<>();
    boundaries.each(
        Moment.class,
        Map.of("zone", List.of("UTC"), "epochSecond", List.of(1_800_000_000L)),
        m -> m.hour() >= 0 && m.hour() < 24 && m.minute() >= 0 && m.minute() < 60,
        m -> all.add(List.of(m)));
    return all;
  }

  /** Up to two hooks, asked or not, and up to one metric of each outcome. */
  private List<List<Object>> evidence() {
    List<List<Object>> hooks = new ArrayList<>();
    hooks.add(List.of());
    List<List<Object>> single = new ArrayList<>();
    for (WebhookType type : WebhookType.values()) {
      if (type != WebhookType.EVENT && type != WebhookType.POST_ROLLOUT) {
        Hook hook = new Hook(type.wireName(), type, single.size(), false);
        single.add(List.of(hook));
        single.add(List.of(hook, new Gate(hook.name(), type, hook.order(), true, false, "")));
        single.add(List.of(hook, new Gate(hook.name(), type, hook.order(), false, false, "no")));
      }
    }
    hooks.addAll(single);
    for (List<Object> one : single) {
      for (List<Object> other : single) {
        if (((Hook) one.getFirst()).type().compareTo(((Hook) other.getFirst()).type()) < 0) {
          List<Object> both = new ArrayList<>(one);
          both.addAll(other);
          hooks.add(both);
        }
      }
    }
    List<List<Object>> all = new ArrayList<>();
    for (List<Object> asked : hooks) {
      for (List<Object> metrics : metrics()) {
        List<Object> bundle = new ArrayList<>(asked);
        bundle.addAll(metrics);
        all.add(bundle);
      }
    }
    return all;
  }

  private List<List<Object>> metrics() {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    all.add(List.of(new Check("success-rate", 0, true)));
    boundaries.each(
        Metric.class,
        Map.of(
            "name", boundaries.texts(Metric.class, "name", "success-rate"),
            "order", List.of(0),
            "message", List.of("success-rate is 98.0"),
            "min", java.util.Collections.singletonList(99.0),
            "max", java.util.Collections.singletonList((Double) null)),
        m -> true,
        m -> all.add(List.of(new Check(m.name(), 0, false), m)));
    all.add(List.of(new Probe(true, "")));
    all.add(List.of(new Probe(false, "refused")));
    return all;
  }
}
