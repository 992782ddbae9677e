package io.serin.rollout;

import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import io.serin.fact.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the ticks of a canary from outside: knows what hooks and metrics would really say, and
 * compares the world before a tick with the world after it. Its numbers are those of the guard
 * rails in {@code docs/architecture.md}.
 */
final class Guard {

  private final Setup setup;
  private final Scenario scenario;
  private final Map<String, Boolean> open = new HashMap<>();
  private final Map<String, Metric.Outcome> outcomes = new HashMap<>();
  private final Set<String> trusted = new HashSet<>();
  private final List<String> history = new ArrayList<>();
  private @Nullable Sight before;
  private int ticks;
  private String image = "";
  private String color = "";

  Guard(Setup setup, Scenario scenario) {
    this.setup = setup;
    this.scenario = scenario;
    Setup.HOOKS.forEach(hook -> hook(hook, !hook.equals("rollback")));
    setup.checks().forEach(check -> metric(check, Metric.Outcome.PASS));
  }

  void heard(String what) {
    if (history.isEmpty() || !history.getLast().equals(what)) {
      history.add(what);
    }
  }

  void hook(String name, boolean allows) {
    open.put(name, allows);
    if (allows) {
      scenario.hooks.allow(name);
    } else {
      scenario.hooks.refuse(name);
    }
  }

  void metric(String check, Metric.Outcome outcome) {
    outcomes.put(check, outcome);
    scenario.meter.gives(check, outcome);
  }

  void before() {
    scenario.hooks.calls().clear();
    scenario.meter.measured().clear();
    before = Sight.of(scenario);
    ticks = scenario.records.size();
  }

  /** Compares; a Canary that is gone is looked at by {@link #atRest}. */
  void after() {
    Sight was = before;
    if (was == null || scenario.gone()) {
      return;
    }
    Sight is = Sight.of(scenario);
    heard(
        "  -> %s weight %d iterations %d failed %d, live %d, primary %s: %s"
            .formatted(
                is.status().phase(),
                is.weight(),
                is.status().iterations(),
                is.status().failedChecks(),
                is.live(),
                is.image(),
                scenario.records.isEmpty() ? "" : scenario.last().verdict()));
    steps(was, is);
    evidence(was, is);
    available(was, is);
    underAnalysis(was, is);
    early(was, is);
    promoted(was, is);
  }

  /** Guard rail 1: one step at a time, never above the maximum. */
  private void steps(Sight was, Sight is) {
    boolean rises = is.weight() > was.weight();
    if (!rises || is.status().phase() == Phase.FAILED) {
      return;
    }
    int most = setup.progressive() ? is.canary().analysis().nextWeight(was.weight()) : 100;
    require(
        is.weight() <= most,
        "the weight rose from %d to %d although the next step is %d"
            .formatted(was.weight(), is.weight(), most));
  }

  /**
   * Guard rail 1: more traffic for the canary only while everything that must speak for it does.
   */
  private void evidence(Sight was, Sight is) {
    require(
        is.live() <= Math.max(was.live(), is.granted()),
        "the routes send %d %% to the canary, the status grants %d %%"
            .formatted(is.live(), is.granted()));
    if (is.granted() <= was.granted()) {
      return;
    }
    if (is.status().phase() == Phase.FAILED) {
      boolean promoting =
          was.status().phase() == Phase.PROMOTING || was.status().phase() == Phase.FINALISING;
      require(
          promoting || was.primaryAvailable() == 0,
          "everybody was sent to the canary although no promotion failed and the primary lives");
      return;
    }
    String missing = missing(was, is);
    require(
        missing == null,
        "the canary's share rose from %d to %d although %s"
            .formatted(was.granted(), is.granted(), missing));
  }

  private @Nullable String missing(Sight was, Sight is) {
    boolean all = setup.blueGreen() && is.granted() > 0;
    boolean mirroring = setup.mirrored() && was.weight() == 0;
    List<String> gates = new ArrayList<>();
    gates.add(was.started() ? "rollout" : "pre-rollout");
    if (setup.progressive() && !(was.started() && mirroring)) {
      gates.add("confirm-traffic-increase");
    }
    if (all) {
      gates.add("confirm-promotion");
    }
    String gate = closed(gates);
    return gate != null ? gate : was.started() ? unmeasured() : null;
  }

  private @Nullable String closed(List<String> gates) {
    for (String gate : setup.hooks() ? gates : List.<String>of()) {
      if (!Boolean.TRUE.equals(open.get(gate))) {
        return "hook " + gate + " refuses";
      }
      if (scenario.hooks.calls().stream().noneMatch(call -> call.startsWith(gate + " "))) {
        return "hook " + gate + " was not asked";
      }
    }
    return null;
  }

  private @Nullable String unmeasured() {
    for (String check : setup.checks()) {
      if (outcomes.get(check) != Metric.Outcome.PASS) {
        return "check " + check + " gives " + outcomes.get(check);
      }
      if (!scenario.meter.measured().contains(check)) {
        return "check " + check + " was not measured";
      }
    }
    return null;
  }

  /** Guard rail 2: nobody is sent, and nothing left, where no pod is. */
  private void available(Sight was, Sight is) {
    require(
        is.live() <= was.live() || was.targetAvailable() > 0,
        "traffic to the canary rose from %d to %d although it has no available pod"
            .formatted(was.live(), is.live()));
    boolean nowhere = was.primaryAvailable() == 0 && was.targetAvailable() > 0;
    require(
        is.live() >= was.live() || !nowhere,
        "traffic to the primary rose from %d to %d although only the canary has an available pod"
            .formatted(100 - was.live(), 100 - is.live()));
    boolean toPrimary = is.apex().equals("podinfo-primary") && !was.apex().equals(is.apex());
    require(
        !toPrimary || was.primaryAvailable() > 0,
        "the apex was pointed at a primary without an available pod");
    boolean toTarget = is.apex().equals("podinfo") && !was.apex().equals(is.apex());
    require(
        !toTarget || was.targetAvailable() > 0 || was.primaryAvailable() == 0,
        "the apex was pointed at a target without an available pod");
    boolean released = is.canary().metadata().deletionTimestamp() != null && is.replicas() > 0;
    require(
        released || is.replicas() >= was.replicas() || was.primaryAvailable() > 0,
        "the target was scaled from %d to %d while the primary has no available pod"
            .formatted(was.replicas(), is.replicas()));
    require(
        released || is.replicas() >= was.replicas() || is.live() == 0,
        "the target was scaled from %d to %d while %d %% of traffic go there"
            .formatted(was.replicas(), is.replicas(), is.live()));
  }

  /** What a run is about is what the target was when the run began. */
  private void underAnalysis(Sight was, Sight is) {
    if (!is.status().lastAppliedSpec().equals(was.status().lastAppliedSpec())
        || !Objects.equals(is.status().trackedConfigs(), was.status().trackedConfigs())) {
      image = Worlds.image(Worlds.deployment(scenario, "podinfo"));
      color = Worlds.color(scenario, Setup.CONFIG);
    }
  }

  /**
   * Guard rails 1 and 3: a promotion before the last step has a word of its own, rests on all that
   * can speak for it in that tick, and leaves the traffic where it is.
   */
  private void early(Sight was, Sight is) {
    if (!promotedEarly(was, is)) {
      return;
    }
    require(
        is.granted() == was.granted() && is.live() <= Math.max(was.live(), was.granted()),
        "an early promotion moved the canary's share from %d to %d"
            .formatted(was.granted(), is.granted()));
    require(was.targetAvailable() > 0, "a canary without an available pod was promoted early");
    require(was.weight() > 0, "a canary without live traffic was promoted early");
    require(!setup.checks().isEmpty(), "a canary without checks was promoted early");
    String gate = closed(List.of("rollout", "confirm-traffic-increase", "confirm-promotion"));
    String missing = gate != null ? gate : unmeasured();
    require(missing == null, "a canary was promoted early although " + missing);
    boolean told = scenario.records.size() > ticks;
    require(
        !told || scenario.last().verdict() instanceof Verdict.PromoteEarly,
        "the wrong word was enough for an early promotion");
  }

  private boolean promotedEarly(Sight was, Sight is) {
    boolean analysing =
        was.status().phase() == Phase.PROGRESSING
            || was.status().phase() == Phase.WAITING_PROMOTION;
    return setup.progressive()
        && !was.canary().analysisSkipped()
        && analysing
        && is.status().phase() == Phase.PROMOTING
        && was.weight() < was.canary().analysis().maxWeight();
  }

  /** Guard rail 3: only what was analysed, or promoted before, gets into the primary. */
  private void promoted(Sight was, Sight is) {
    CanaryStatus status = was.status();
    boolean first = status.lastPromotedSpec().isEmpty();
    if (first || was.canary().analysisSkipped() || passedAll(was)) {
      trusted.add(Worlds.image(Worlds.deployment(scenario, "podinfo")));
      trusted.add(Worlds.color(scenario, Setup.CONFIG));
    }
    if (promotedEarly(was, is)) {
      trusted.add(image);
      trusted.add(color);
    }
    require(
        is.image().isEmpty() || trusted.contains(is.image()),
        "the primary got %s, which no complete analysis spoke for".formatted(is.image()));
    require(
        is.color().isEmpty() || trusted.contains(is.color()),
        "the primary got configuration %s, which no complete analysis spoke for"
            .formatted(is.color()));
  }

  private boolean passedAll(Sight was) {
    var analysis = was.canary().analysis();
    int wanted =
        setup.provider().equals("kubernetes") && analysis.iterations() == 0
            ? 10
            : analysis.iterations();
    boolean analysing =
        was.status().phase() == Phase.PROGRESSING
            || was.status().phase() == Phase.WAITING_PROMOTION;
    boolean complete =
        setup.progressive()
            ? was.weight() >= analysis.maxWeight()
            : was.status().iterations() >= wanted;
    return analysing
        && complete
        && unmeasured() == null
        && closed(List.of("rollout", "confirm-promotion")) == null;
  }

  /**
   * Once all is well, a run ends, and when it has ended the primary serves and the target sleeps.
   */
  void atRest() {
    if (scenario.gone()) {
      boolean back = !setup.revert() || scenario.replicas("podinfo") > 0;
      require(back, "the Canary is gone and its target was left at zero");
      return;
    }
    Sight is = Sight.of(scenario);
    Phase phase = is.status().phase();
    String standing = "%s: %s".formatted(phase, scenario.last().verdict());
    boolean idle = phase == Phase.INITIALIZED || phase == Phase.SUCCEEDED || phase == Phase.FAILED;
    require(idle, "the rollout does not end: " + standing);
    if (is.status().lastPromotedSpec().isEmpty()) {
      return;
    }
    require(is.weight() == 0 && is.live() == 0, "traffic stays on the canary in " + standing);
    require(is.replicas() == 0, "the target is not at zero in " + standing);
    KubeObject primary = Worlds.deployment(scenario, "podinfo-primary");
    require(
        primary != null
            && primary.annotation(Names.REVISION).equals(is.status().lastPromotedSpec()),
        "the primary is gone or carries another revision than the promoted one in " + standing);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(
          otherwise
              + "\n"
              + setup
              + "\n"
              + String.join("\n", history)
              + "\n"
              + scenario.last().verdict());
    }
  }
}
