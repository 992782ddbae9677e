package io.serin.rollout;

import io.serin.api.Names;
import io.serin.fact.Metric;
import io.serin.policy.Policy;
import java.time.Duration;
import java.util.List;

/**
 * A generated history of a generated canary: does what happens to it, and has each tick watched by
 * the guard.
 */
final class Life {

  final Scenario scenario;
  private final Setup setup;
  private final Guard guard;
  private int version;
  private int color;

  Life(Setup setup) {
    this.setup = setup;
    scenario = setup.scenario();
    guard = new Guard(setup, scenario);
  }

  Life with(Policy policy) {
    scenario.with(policy);
    return this;
  }

  Life initialised() {
    due();
    due();
    due();
    return this;
  }

  Life live(List<Action.Step> steps) {
    for (Action.Step step : steps) {
      if (scenario.gone()) {
        return this;
      }
      guard.heard(step.toString());
      perform(step);
      wake(step);
    }
    return this;
  }

  private void wake(Action.Step step) {
    if (scenario.gone()) {
      return;
    }
    switch (step.wake()) {
      case NOT_YET -> {}
      case AT_ONCE -> soon();
      case WHEN_DUE -> due();
    }
  }

  void due() {
    tick(Duration.ofMinutes(1));
  }

  void soon() {
    tick(Duration.ofSeconds(5));
  }

  /** Ticks after so many minutes. */
  void skip(int minutes) {
    tick(Duration.ofMinutes(minutes));
  }

  /** Lets time pass, ticks, and dies where a crash was prepared. */
  private void tick(Duration time) {
    guard.before();
    try {
      scenario.after(time);
    } catch (FakeCluster.Crash e) {
      guard.heard("(died)");
      scenario.restart().follow();
    } finally {
      scenario.cluster.recover();
    }
    guard.after();
  }

  private void perform(Action.Step step) {
    switch (step.action()) {
      case NOTHING -> {}
      case RELEASE -> scenario.release("7.0." + ++version);
      case WITHDRAW -> withdraw();
      case CONFIGURE -> Worlds.configure(scenario, "color" + ++color);
      case METRIC_PASSES -> metric(step, Metric.Outcome.PASS);
      case METRIC_FAILS -> metric(step, Metric.Outcome.FAIL);
      case METRIC_HAS_NO_DATA -> metric(step, Metric.Outcome.NO_DATA);
      case METRIC_CANNOT_BE_ASKED -> metric(step, Metric.Outcome.ERROR);
      case HOOK_REFUSES -> guard.hook(hook(step), /* open= */ false);
      case HOOK_ALLOWS -> guard.hook(hook(step), /* open= */ true);
      case TARGET_UNREADY -> scenario.unready("podinfo");
      case TARGET_EXPIRED -> scenario.expired("podinfo");
      case TARGET_READY -> scenario.ready("podinfo");
      case PRIMARY_UNREADY -> scenario.unready("podinfo-primary");
      case PRIMARY_EXPIRED -> scenario.expired("podinfo-primary");
      case PRIMARY_READY -> scenario.ready("podinfo-primary");
      case ROUTE_RESET -> Worlds.resetRoutes(scenario);
      case ROUTE_LABELLED -> Worlds.labelRoutes(scenario, "team-" + step.number());
      case TARGET_SCALED -> Worlds.scale(scenario, step.number());
      case PRIMARY_DELETED -> Worlds.deletePrimary(scenario);
      case SUSPEND -> scenario.annotate(Names.SUSPEND, "true");
      case RESUME -> Worlds.unannotate(scenario, Names.SUSPEND);
      case SKIP_ANALYSIS -> scenario.annotate(Names.SKIP_ANALYSIS, "true");
      case ANALYSE_AGAIN -> Worlds.unannotate(scenario, Names.SKIP_ANALYSIS);
      case FORCE_ROLLBACK -> scenario.annotate(Names.FORCE_ROLLBACK, "true");
      case FORCE_NO_MORE -> Worlds.unannotate(scenario, Names.FORCE_ROLLBACK);
      case RESTART -> scenario.restart();
      case CRASH -> scenario.cluster.crashAfter(step.number());
      case DELETE -> Worlds.deleteCanary(scenario);
    }
  }

  /** The user puts back what the primary runs. */
  private void withdraw() {
    String image = Worlds.image(Worlds.deployment(scenario, "podinfo-primary"));
    if (!image.isEmpty()) {
      scenario.release(image.substring(image.indexOf(':') + 1));
    }
  }

  private void metric(Action.Step step, Metric.Outcome outcome) {
    if (!setup.checks().isEmpty()) {
      guard.metric(setup.checks().get(step.number() % setup.checks().size()), outcome);
    }
  }

  private static String hook(Action.Step step) {
    return Setup.HOOKS.get(step.number() % Setup.HOOKS.size());
  }

  /** All is well and nobody wants anything; enough ticks for any run to end. */
  Life settle() {
    if (scenario.gone()) {
      return this;
    }
    guard.heard("(all is well)");
    Setup.HOOKS.forEach(hook -> guard.hook(hook, !hook.equals("rollback")));
    setup.checks().forEach(check -> guard.metric(check, Metric.Outcome.PASS));
    scenario.ready("podinfo").ready("podinfo-primary");
    List.of(Names.SUSPEND, Names.SKIP_ANALYSIS, Names.FORCE_ROLLBACK)
        .forEach(key -> Worlds.unannotate(scenario, key));
    for (int i = 0; i < 20 && !scenario.gone(); i++) {
      due();
    }
    guard.atRest();
    return this;
  }
}
