package io.serin.metric;

import io.serin.http.Http;
import java.util.Map;
import java.util.TreeMap;

/** The known kinds of metric servers, by {@code spec.provider.type} of a MetricTemplate. */
final class Providers {
  private final Map<String, Provider.Factory> byType;

  Providers(Map<String, Provider.Factory> byType) {
    this.byType = new TreeMap<>(byType);
  }

  static Providers over(Http http) {
    return new Providers(
        Map.of(PrometheusProvider.TYPE, backend -> PrometheusProvider.open(backend, http)));
  }

  /**
   * Prepares to ask a server.
   *
   * @throws MetricException when the type is unknown or the backend's settings cannot be used
   */
  Provider open(Backend backend) {
    Provider.Factory factory = byType.get(backend.type());
    if (factory == null) {
      throw new MetricException(
          "\"%s\" is no known provider type; write one of %s"
              .formatted(backend.type(), String.join(", ", byType.keySet())));
    }
    return factory.open(backend);
  }
}
