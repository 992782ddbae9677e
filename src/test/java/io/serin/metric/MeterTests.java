package io.serin.metric;

import io.serin.api.Canary;
import io.serin.fact.Metric;
import io.serin.testing.FakeWorld;
import io.serin.testing.Manifest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What tests of {@link LiveMeter} measure with: a world, one provider, secrets and a clock. */
abstract class MeterTests {
  final FakeWorld world = new FakeWorld();
  final FakeProvider provider = new FakeProvider();
  final Map<String, Map<String, String>> secrets = new HashMap<>();
  Instant now = Instant.EPOCH;

  Metric measure(String check) {
    return meter("kubernetes").measure(canary("", "[" + check + "]"), 0);
  }

  LiveMeter meter(String meshProvider) {
    Backend server =
        new Backend("prometheus", "http://default", Map.of(), Map.of("token", "t"), "", false);
    Secrets lookup = (namespace, name) -> Optional.ofNullable(secrets.get(namespace + "/" + name));
    Asker asker = new Asker(new Providers(Map.of("prometheus", provider)), () -> now);
    return new LiveMeter(world, lookup, new LiveMeter.Settings(meshProvider, server), asker);
  }

  void addTemplate(String query) {
    addTemplate(query, "prometheus", "http://p", "");
  }

  void addTemplate(String query, String type, String address, String more) {
    world.apply(
        Manifest.of(
            """
            apiVersion: flagger.app/v1beta1
            kind: MetricTemplate
            metadata: {name: errors, namespace: test}
            spec:
              provider: {type: %s, address: "%s", %s}
              query: '%s'
            """
                .formatted(type, address, more, query)));
  }

  static Canary canary(String spec, String metrics) {
    return canary(spec, metrics, "{apiVersion: apps/v1, kind: Deployment, name: podinfo}");
  }

  static Canary canary(String spec, String metrics, String target) {
    return Canary.of(
        Manifest.of(
            """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: podinfo, namespace: test}
            spec:
              %s
              targetRef: %s
              service: {port: 80}
              analysis:
                metrics: %s
            """
                .formatted(spec, target, metrics)));
  }
}
