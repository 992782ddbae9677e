package io.serin.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric backend.
 *
 * @param type one of the names in the schema, for example {@code prometheus}
 * @param address base URL, empty for the backend's own
 * @param headers sent with each query
 * @param secretRef credentials, in the template's namespace
 * @param region cloud region
 * @param insecureSkipVerify do not verify the backend's certificate
 */
public record MetricProvider(
    String type,
    String address,
    Map<String, List<String>> headers,
    @Nullable SecretRef secretRef,
    String region,
    boolean insecureSkipVerify) {

  public MetricProvider {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  static MetricProvider read(Fields f) {
    MetricProvider provider =
        new MetricProvider(
            f.text("type"),
            f.text("address"),
            f.textsMap("headers"),
            f.object("secretRef", SecretRef::read),
            f.text("region"),
            f.flag("insecureSkipVerify"));
    if (provider.type().isEmpty()) {
      f.error("type", "is missing; write the kind of backend, for example prometheus");
    }
    return provider;
  }
}
