package io.serin.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server to ask and how to authenticate there. Equal backends give equal answers.
 *
 * @param type such as {@code prometheus}
 * @param address base URL; empty for the provider's own
 * @param headers sent with each query
 * @param credentials data of the Secret, empty without one
 * @param region cloud region, empty for none
 * @param insecureSkipVerify do not verify the server's certificate
 */
public record Backend(
    String type,
    String address,
    Map<String, List<String>> headers,
    Map<String, String> credentials,
    String region,
    boolean insecureSkipVerify) {

  /** Copies the maps. */
  public Backend {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    credentials = Map.copyOf(credentials);
  }

  /** A Prometheus without headers and credentials. */
  public static Backend prometheus(String address) {
    return new Backend(PrometheusProvider.TYPE, address, Map.of(), Map.of(), "", false);
  }

  /** Leaves headers and credentials out. */
  @Override
  public String toString() {
    return type + " " + address;
  }
}
