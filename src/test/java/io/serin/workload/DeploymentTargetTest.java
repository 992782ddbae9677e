package io.serin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Problem;
import io.serin.testing.FakeWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DeploymentTargetTest {
  private final Target target = new DeploymentTarget(WorkloadOptions.DEFAULTS);
  private final Canary canary = Samples.canary();

  @Test
  void aDeploymentWithASelectorLabelHasNoProblem() {
    assertThat(target.problems(canary, FakeWorld.of(Samples.deployment()))).isEmpty();
  }

  @Test
  void aMissingTargetIsAProblem() {
    assertThat(target.problems(canary, FakeWorld.of()))
        .containsExactly(
            new Problem(
                Problem.Kind.MISSING,
                "deployment podinfo.default get query error: not found; create it or correct "
                    + "spec.targetRef"));
  }

  @Test
  void aTargetIsNotMissingBeforeTheCacheIsFull() {
    assertThat(target.problems(canary, FakeWorld.of().unsynced()))
        .extracting(Problem::kind)
        .containsExactly(Problem.Kind.UNSYNCED);
  }

  @Test
  void aSelectorWithoutAnyOfTheLabelsIsAProblem() {
    KubeObject unlabelled =
        Samples.deployment()
            .with(
                tree -> {
                  ObjectNode labels = (ObjectNode) tree.at("/spec/selector/matchLabels");
                  labels.removeAll().put("tier", "backend");
                });

    assertThat(target.problems(canary, FakeWorld.of(unlabelled)))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith(
            "deployment podinfo.default spec.selector.matchLabels must contain one of "
                + "[app name app.kubernetes.io/name]");
  }

  @Test
  void theFirstOfTheSelectorLabelsCounts() {
    KubeObject both =
        Samples.parse(
            "spec: {selector: {matchLabels: {app.kubernetes.io/name: long, name: short}}}");

    assertThat(target.selector(both)).contains(new Selector("name", "short"));
  }

  @ParameterizedTest
  @CsvSource({
    // replicas of target, of primary (-1: none), the scaler's minimum, wanted
    "2, 5, 0, 2",
    "0, 5, 0, 5",
    "0, 0, 0, 1",
    "0, -1, 0, 1",
    "0, 5, 3, 3",
    "0, 5, 1, 1",
  })
  void aTargetComesUpAsLargeAsThePrimaryOrItsScalersMinimum(
      int own, int primary, int minimum, int wanted) {
    KubeObject up = target.scaledUp(sized(own), primary < 0 ? null : sized(primary), minimum);

    assertThat(target.replicas(up)).isEqualTo(wanted);
  }

  @Test
  void aReleasedTargetIsAsLargeAsThePrimary() {
    assertThat(target.replicas(target.released(sized(0), sized(4), 0))).isEqualTo(4);
    assertThat(target.replicas(target.released(sized(0), null, 2))).isEqualTo(2);
  }

  @Test
  void aTargetScaledToZeroIsTheSameRevision() {
    KubeObject deployment = Samples.deployment();

    assertThat(target.revision(target.scaledToZero(deployment)))
        .isEqualTo(target.revision(deployment))
        .matches("s1-[0-9a-f]{12}");
  }

  @Test
  void nullsDoNotCountInARevision() {
    KubeObject deployment = Samples.deployment();
    KubeObject without =
        deployment.with(
            tree -> ((ObjectNode) tree.at("/spec/template/metadata")).remove("creationTimestamp"));

    assertThat(target.revision(without)).isEqualTo(target.revision(deployment));
  }

  @Test
  void anotherAnnotationOfTheTemplateIsAnotherRevision() {
    KubeObject deployment = Samples.deployment();
    KubeObject restarted =
        deployment.with(
            tree ->
                ((ObjectNode) tree.at("/spec/template/metadata/annotations"))
                    .put("kubectl.kubernetes.io/restartedAt", "now"));

    assertThat(target.revision(restarted)).isNotEqualTo(target.revision(deployment));
  }

  @ParameterizedTest
  @CsvSource({"'', false", "s1-0123456789ab, false", "78cdc7b5f8, true"})
  void aRevisionInFlaggersEncodingIsForeign(String revision, boolean foreign) {
    assertThat(Revisions.isForeign(revision)).isEqualTo(foreign);
  }

  @ParameterizedTest
  @CsvSource({"DaemonSet", "StatefulSet", "Service", "CronJob"})
  void aKindThatCannotBeRolledOutIsNamed(String kind) {
    Canary other = Samples.changed(canary, "targetRef", Map.of("kind", kind, "name", "podinfo"));

    assertThat(new Targets(WorkloadOptions.DEFAULTS).of(other.spec().targetRef())).isEmpty();
    assertThat(Targets.unknown(other.spec().targetRef()).message()).contains(kind);
  }

  @Test
  void aDeploymentIsFoundByItsKind() {
    assertThat(new Targets(WorkloadOptions.DEFAULTS).of(canary.spec().targetRef())).isPresent();
  }

  private static KubeObject sized(int replicas) {
    return Samples.parse("spec: {replicas: %d}".formatted(replicas));
  }
}
