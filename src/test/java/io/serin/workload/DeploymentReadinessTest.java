package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Workload;
import io.serin.fact.Workload.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentReadinessTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Target target = new DeploymentTarget(WorkloadOptions.DEFAULTS);

  /** Deadline 60 s; {@code starved}: seconds for which too few pods were available, -1: enough. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          unseen by its controller       | 2 | 1 | 1 | 1 | 1 | 1 | 100 | -1 | Running  | false | observed deployment generation less than desired generation
          unseen, however late           | 2 | 1 | 1 | 0 | 0 | 0 | 100 | 99 | Running  | false | observed deployment generation less than desired generation
          own deadline passed            | 1 | 1 | 1 | 1 | 1 | 0 | 100 | -1 | Exceeded | true  | *
          pods not updated               | 1 | 1 | 3 | 3 | 1 | 3 | 100 | -1 | Running  | false | 1 out of 3 new replicas have been updated
          pods not updated, within time  | 1 | 1 | 3 | 0 | 0 | 0 | 100 | 60 | Running  | false | 0 out of 3 new replicas have been updated
          pods not updated, too late     | 1 | 1 | 3 | 0 | 0 | 0 | 100 | 61 | Running  | true  | 0 out of 3 new replicas have been updated
          no progress condition          | 1 | 1 | 3 | 0 | 0 | 0 | 100 | 99 | -        | false | 0 out of 3 new replicas have been updated
          old pods left                  | 1 | 1 | 2 | 5 | 2 | 5 | 100 | -1 | Running  | false | 3 old replicas are pending termination
          old pods left, too late        | 1 | 1 | 2 | 5 | 2 | 5 | 100 | 61 | Running  | true  | 3 old replicas are pending termination
          too few available              | 1 | 1 | 4 | 4 | 4 | 3 | 100 | 10 | Running  | false | 3 of 4 (readyThreshold 100%) updated replicas are available
          too few available, too late    | 1 | 1 | 4 | 4 | 4 | 3 | 100 | 61 | Running  | true  | 3 of 4 (readyThreshold 100%) updated replicas are available
          threshold rounds down          | 1 | 1 | 3 | 3 | 3 | 1 | 50  | 61 | Running  | -     | -
          threshold of nothing           | 1 | 1 | 3 | 3 | 3 | 0 | 0   | 61 | Running  | -     | -
          all available                  | 1 | 1 | 3 | 3 | 3 | 3 | 100 | -1 | Running  | -     | -
          no replicas                    | 1 | 1 | 0 | 0 | 0 | 0 | 100 | -1 | Running  | -     | -
          """)
  void aDeploymentIsReadyWhenEnoughUpdatedPodsAreAvailable(
      String row,
      int generation,
      int observed,
      int wanted,
      int existing,
      int updated,
      int available,
      int threshold,
      int starved,
      String progress,
      Boolean expired,
      String reason) {
    KubeObject deployment =
        Samples.parse(
            """
            kind: Deployment
            metadata: {name: podinfo, generation: %d}
            spec: {replicas: %d}
            status:
              observedGeneration: %d
              replicas: %d
              updatedReplicas: %d
              availableReplicas: %d
              conditions: [%s]
            """
                .formatted(
                    generation,
                    wanted,
                    observed,
                    existing,
                    updated,
                    available,
                    conditions(progress, starved)));

    Workload seen = target.observe(canary(threshold), Role.TARGET, deployment, NOW);

    assertThat(seen.ready()).isEqualTo(expired == null);
    assertThat(seen.expired()).isEqualTo(Boolean.TRUE.equals(expired));
    assertThat(seen.reason()).isEqualTo(expired == null ? "" : expected(reason));
    assertThat(seen.replicas()).isEqualTo(wanted);
    assertThat(seen.available()).isEqualTo(available);
  }

  @Test
  void aPrimaryNotReadyIsNamedByItself() {
    KubeObject primary =
        Samples.parse(
            "{metadata: {generation: 1}, spec: {replicas: 1}, status: {observedGeneration: 1}}");

    assertThat(target.observe(canary(100), Role.PRIMARY, primary, NOW).reason())
        .isEqualTo(
            "podinfo-primary.default not ready: waiting for rollout to finish: "
                + "0 out of 1 new replicas have been updated");
  }

  @Test
  void aMissingCopyIsNeitherReadyNorExpired() {
    Workload seen = target.observe(canary(100), Role.PRIMARY, null, NOW);

    assertThat(seen.exists()).isFalse();
    assertThat(seen.ready()).isFalse();
    assertThat(seen.expired()).isFalse();
    assertThat(seen.name()).isEqualTo("podinfo-primary");
    assertThat(seen.reason())
        .isEqualTo(
            "podinfo-primary.default not ready: deployment podinfo-primary.default not found");
  }

  private static String expected(String reason) {
    return "canary deployment podinfo.default not ready: "
        + (reason.equals("*")
            ? "deployment \"podinfo\" exceeded its progress deadline"
            : "waiting for rollout to finish: " + reason);
  }

  private static String conditions(String progress, int starved) {
    String conditions = "";
    if (progress != null) {
      String reason =
          progress.equals("Exceeded") ? "ProgressDeadlineExceeded" : "NewReplicaSetAvailable";
      conditions = "{type: Progressing, status: 'True', reason: %s},".formatted(reason);
    }
    if (starved >= 0) {
      conditions +=
          "{type: Available, status: 'False', reason: MinimumReplicasUnavailable, lastUpdateTime: '%s'}"
              .formatted(NOW.minusSeconds(starved));
    }
    return conditions;
  }

  private static Canary canary(int threshold) {
    return Canary.of(
        Samples.parse(
            """
            metadata: {name: podinfo, namespace: default}
            spec:
              targetRef: {kind: Deployment, name: podinfo}
              progressDeadlineSeconds: 60
              analysis: {primaryReadyThreshold: %1$d, canaryReadyThreshold: %1$d}
            """
                .formatted(threshold)));
  }
}
