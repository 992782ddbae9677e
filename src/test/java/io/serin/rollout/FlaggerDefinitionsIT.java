package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.KubeObject;
import io.serin.api.Phase;
import io.serin.fact.Metric;
import io.serin.testing.KubeApiServer;
import io.serin.testing.RealCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cluster that still has Flagger's own definitions. */
@RealCluster
class FlaggerDefinitionsIT {

  private static KubeApiServer server;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aCanaryRunsTheSameAndItsStatusSurvivesPruning() {
    try (LiveNamespace flaggers = served("flaggers");
        LiveNamespace serins = LiveNamespace.served("serins")) {
      for (LiveNamespace run : new LiveNamespace[] {flaggers, serins}) {
        run.apply(Live.deployment());
        run.apply(
            Live.canary(
                "istio", Live.STEPS + "\nsessionAffinity: {cookieName: podinfo, maxAge: 60}"));
        run.reaches(Phase.INITIALIZED);
        run.release("6.0.1");
        run.reaches(Phase.SUCCEEDED);
        run.meter.gives("request-success-rate", Metric.Outcome.FAIL);
        run.release("6.0.2");
        run.reaches(Phase.FAILED);
      }

      assertThat(flaggers.steps()).isEqualTo(serins.steps()).contains(100);
      assertThat(story(flaggers)).isEqualTo(story(serins));
      assertThat(fields(flaggers)).isEqualTo(fields(serins));
    }
  }

  /** Flagger's definition says "number" where whole numbers are meant. */
  @Test
  void w26_fractionsAndUnknownFieldsOfOneNeverBreakTheOthers() {
    try (LiveNamespace run = served("fractions")) {
      run.apply(Live.deployment("odd"));
      run.create(
          Live.canary(
              "odd",
              "istio",
              "stepWeight: 50.5\nmaxWeight: 100.25\nmirrorWeight: 1.5",
              "progressDeadlineSeconds: 600.5\nx-team: {cost: 7.25}"));
      run.apply(Live.deployment());
      run.apply(Live.canary("istio", Live.STEPS));
      run.reaches(Phase.INITIALIZED);

      run.release("6.0.1");
      run.release("odd", "6.0.1");

      run.reaches(Phase.SUCCEEDED);
      run.eventually(
          "an answer about the odd one",
          () -> {
            KubeObject odd = run.get("flagger.app/v1beta1", "Canary", "odd");
            return odd.has("status", "conditions");
          });
    }
  }

  private static LiveNamespace served(String prefix) {
    LiveNamespace run = new LiveNamespace(server, LiveNamespace.FLAGGERS_DEFINITIONS, prefix);
    run.serve();
    return run;
  }

  /** The stored verdicts, in order. */
  private static List<String> story(LiveNamespace run) {
    return run.seen.stream()
        .filter(LiveNamespace.Seen::moved)
        .map(one -> one.record().verdict().verb() + " " + one.record().after())
        .toList();
  }

  /** What the stored status holds, apart from what differs by its nature. */
  private static List<String> fields(LiveNamespace run) {
    var status = run.get("flagger.app/v1beta1", "Canary", "podinfo").at("status");
    return status.propertyStream().map(Map.Entry::getKey).sorted().toList();
  }
}
