package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepWeight: -10                        | spec.analysis.stepWeight is -10; write a percentage from 0 to 100
          stepWeight: 10, maxWeight: -1          | spec.analysis.maxWeight is -1; write a percentage from 0 to 100
          stepWeight: 10, stepWeightPromotion: -1 | spec.analysis.stepWeightPromotion is -1; write a percentage from 0 to 100
          stepWeight: 10, mirrorWeight: -1       | spec.analysis.mirrorWeight is -1; write a percentage from 0 to 100
          stepWeight: 0                          | spec.analysis.stepWeight is 0 and there are neither stepWeights nor iterations; write a step from 1 to 100
          interval: 10s                          | spec.analysis.stepWeight is 0 and there are neither stepWeights nor iterations; write a step from 1 to 100
          iterations: -1, stepWeight: 5          | spec.analysis.iterations is -1; write 1 or more
          stepWeights: [10, -20]                 | spec.analysis.stepWeights[1] is -20; write a percentage from 0 to 100
          stepWeights: [50, 20]                  | spec.analysis.stepWeights[1] is 20 after 50; write weights that increase from step to step
          stepWeights: [10, 10]                  | spec.analysis.stepWeights[1] is 10 after 10; write weights that increase from step to step
          stepWeights: [0, 10]                   | spec.analysis.stepWeights[0] is 0 after 0; write weights that increase from step to step
          iterations: 3, stepWeight: 5           | spec.analysis.iterations is given together with stepWeight or stepWeights; write iterations for A/B tests and blue/green, steps for a progressive run
          iterations: 3, stepWeights: [5]        | spec.analysis.iterations is given together with stepWeight or stepWeights; write iterations for A/B tests and blue/green, steps for a progressive run
          stepWeight: 5, stepWeights: [5]        | spec.analysis.stepWeight is given together with stepWeights; write one of the two
          stepWeight: 5, sessionAffinity: {cookieName: a, primaryCookieName: a} | spec.analysis.sessionAffinity.primaryCookieName is "a", the same as cookieName; write two different names
          stepWeight: 5, sessionAffinity: {}     | spec.analysis.sessionAffinity.cookieName is missing; write the name of the canary's cookie
          stepWeight: 5, metrics: [{name: cpu}]  | spec.analysis.metrics[0].name is "cpu", which is no built-in metric, and it has no source; give it a templateRef or a query, or name it request-success-rate or request-duration
          stepWeight: 5, metrics: [{name: cpu, templateRef: {}}] | spec.analysis.metrics[0].templateRef.name is missing; write the name of a MetricTemplate
          stepWeight: 5, webhooks: [{name: a, url: b, type: gate}] | spec.analysis.webhooks[0].type is "gate"; write one of rollout, confirm-rollout, pre-rollout, confirm-traffic-increase, confirm-promotion, post-rollout, rollback, event
          stepWeight: 5, alerts: [{name: a, severity: loud, providerRef: {name: b}}] | spec.analysis.alerts[0].severity is "loud"; write one of info, warn, error
          """)
  void anAnalysisThatCannotBeMeantIsAnError(String fields, String message) {
    Canary canary = analysing(fields);

    assertThat(canary.validate())
        .filteredOn(Finding::isError)
        .extracting(Finding::toString)
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepWeight: 10, interval: soon         | spec.analysis.interval is "soon", which is no duration: 1m0s is used; write for example 30s or 1m30s
          stepWeight: 10, maxWeight: 150         | spec.analysis.maxWeight is 150: 100 is used; write a percentage from 0 to 100
          stepWeight: 150                        | spec.analysis.stepWeight is 150: 100 is used; write a percentage from 0 to 100
          stepWeights: [10, 200]                 | spec.analysis.stepWeights[1] is 200: 100 is used; write a percentage from 0 to 100
          stepWeight: 5, metrics: [{name: request-duration, interval: 1x}] | spec.analysis.metrics[0].interval is "1x", which is no duration: 1m0s is used; write for example 30s or 1m30s
          stepWeight: 5, webhooks: [{name: a, url: b, timeout: 1x}] | spec.analysis.webhooks[0].timeout is "1x", which is no duration: 10s is used; write for example 30s or 1m30s
          """)
  void whatHasAHarmlessReadingIsAWarning(String fields, String message) {
    Canary canary = analysing(fields);

    assertThat(canary.validate()).singleElement().hasToString(message);
    assertThat(canary.validate()).noneMatch(Finding::isError);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          provider: istio, targetRef: {apiVersion: serving.knative.dev/v1, kind: Service, name: a} | can't use istio provider with Knative Service as target
          targetRef: {apiVersion: serving.knative.dev/v1, kind: Service, name: a} | can't use the controller's default provider with Knative Service as target
          provider: knative, targetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, service: {port: 80} | can't use apps/v1/Deployment as target if provider is set to knative
          provider: knative, targetRef: {apiVersion: serving.knative.dev/v1, kind: Service, name: a}, autoscalerRef: {kind: HorizontalPodAutoscaler, name: a} | can't use autoscaler with Knative Service
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: a} | is 0; write a port from 1 to 65535
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, service: {port: 70000} | is 70000; write a port from 1 to 65535
          targetRef: {apiVersion: apps/v1, kind: Deployment}, service: {port: 80} | has no kind or no name; write the workload to roll out
          """)
  void fieldsThatDoNotFitTogetherAreAnError(String fields, String message) {
    Canary canary = Canary.of(Yaml.object("{spec: {" + fields + "}}"));

    assertThat(canary.validate())
        .singleElement()
        .returns(true, Finding::isError)
        .returns(message, Finding::message);
  }

  @Test
  void aKnativeServiceNeedsNoServiceBlock() {
    Canary canary =
        Canary.of(
            Yaml.object(
                "{spec: {provider: knative, targetRef: {apiVersion: serving.knative.dev/v1, kind:"
                    + " Service, name: a}, analysis: {stepWeight: 10}}}"));

    assertThat(canary.validate()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"provider: kubernetes", "skipAnalysis: true"})
  void noStepIsFineWhereNoneIsTaken(String field) {
    Canary canary =
        Canary.of(Yaml.object(Yaml.CANARY + "  " + field + "\n  analysis: {interval: 10s}"));

    assertThat(canary.validate()).isEmpty();
  }

  @Test
  void anUnknownPhaseIsAnErrorAndNotTakenForANewCanary() {
    Canary canary = Canary.of(Yaml.object(Yaml.CANARY + "status: {phase: Pondering}"));

    assertThat(canary.validate()).singleElement().returns(true, Finding::isError);
  }

  @Test
  void referencesIntoOtherNamespacesAreFound() {
    Canary full = Canary.of(Yaml.resource("/canaries/full.yaml"));

    assertThat(full.crossNamespaceRefs())
        .extracting(Finding::message)
        .containsExactly(
            "can't access gloo upstream shop-upstream.gloo-system, cross-namespace references are"
                + " blocked",
            "can't access metric template latency.metrics, cross-namespace references are blocked",
            "can't access alert provider team-chat.chat, cross-namespace references are blocked");
  }

  private static Canary analysing(String fields) {
    return Canary.of(Yaml.object(Yaml.CANARY + "  analysis: {" + fields + "}"));
  }
}
