package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Metric;
import io.serin.fact.Metric.Outcome;
import io.serin.fact.Probe;
import io.serin.testing.Manifest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks whose query and provider a MetricTemplate gives. */
class LiveMeterTemplatesTest extends MeterTests {

  @Test
  void aTemplateIsRenderedForTheCanary() {
    addTemplate(
        "a{ns=\"{{ namespace }}\",t=\"{{ target }}\",v=\"{{ variables.code }}\"}[{{ interval }}]");
    provider.answers(1);

    measure(
        "{name: errors, templateRef: {name: errors}, interval: 90s, templateVariables: {code:"
            + " '5xx'}, thresholdRange: {max: 1}}");

    assertThat(provider.asked)
        .containsExactly(
            new Query("a{ns=\"test\",t=\"podinfo\",v=\"5xx\"}[90s]", Duration.ofSeconds(90)));
  }

  @Test
  void w22_theIntervalOfATemplateIsOneMinuteUnlessGiven() {
    addTemplate("a[{{ interval }}]");

    measure("{name: errors, templateRef: {name: errors}}");

    assertThat(provider.asked).containsExactly(new Query("a[1m]", Duration.ofMinutes(1)));
  }

  @Test
  void theSecretComesFromTheTemplatesNamespace() {
    world.apply(
        Manifest.of(
            """
            apiVersion: flagger.app/v1beta1
            kind: MetricTemplate
            metadata: {name: errors, namespace: monitoring}
            spec:
              provider: {type: prometheus, address: http://p, secretRef: {name: access}, headers: {A: [b]}, insecureSkipVerify: true}
              query: up
            """));
    secrets.put("monitoring/access", Map.of("token", "t"));

    measure("{name: errors, templateRef: {name: errors, namespace: monitoring}}");

    Backend backend = provider.opened.getLast();
    assertThat(backend.credentials()).isEqualTo(Map.of("token", "t"));
    assertThat(backend.headers()).containsKey("A");
    assertThat(backend.insecureSkipVerify()).isTrue();
    assertThat(backend.toString()).isEqualTo("prometheus http://p");
  }

  @Test
  void aMissingTemplateIsAnError() {
    Metric metric = measure("{name: errors, templateRef: {name: errors, namespace: other}}");

    assertThat(metric.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(metric.message())
        .isEqualTo(
            "Metric template errors.other error: metrictemplate.flagger.app \"errors\" not found");
  }

  @Test
  void aTemplateThatIsNotKnownYetIsNotCalledMissing() {
    world.unsynced();

    assertThat(measure("{name: errors, templateRef: {name: errors}}").message())
        .isEqualTo("Metric template errors.test error: the metric templates are not known yet");
  }

  @Test
  void aMissingSecretIsAnError() {
    addTemplate("up", "prometheus", "http://p", "secretRef: {name: access}");

    assertThat(measure("{name: errors, templateRef: {name: errors}}").message())
        .isEqualTo("Metric template errors.test secret access error: secrets \"access\" not found");
  }

  @Test
  void anUnusableProviderIsAnError() {
    addTemplate("up", "prometheus", "bad", "");

    assertThat(measure("{name: errors, templateRef: {name: errors}}").message())
        .isEqualTo("Metric template errors.test provider prometheus error: address is bad");
  }

  @Test
  void anUnknownProviderListsTheKnown() {
    addTemplate("up", "prometeus", "http://p", "");

    assertThat(measure("{name: errors, templateRef: {name: errors}}").message())
        .isEqualTo(
            "Metric template errors.test provider prometeus error: \"prometeus\" is no known"
                + " provider type; write one of prometheus");
  }

  @Test
  void aTemplateThatDoesNotRenderIsAnError() {
    addTemplate("{{ variables.nope }}");

    assertThat(measure("{name: errors, templateRef: {name: errors}}").message())
        .startsWith(
            "Metric template errors.test query render error: template excution failed: map has no"
                + " entry for key \"nope\"");
  }

  @Test
  void aProbeOfAMissingTemplateFails() {
    Probe probe = meter("kubernetes").probe(canary("", "[{name: e, templateRef: {name: errors}}]"));

    assertThat(probe.online()).isFalse();
    assertThat(probe.message()).startsWith("Metric template errors.test error: ");
  }
}
