package io.serin.http;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request.
 *
 * @param method such as {@code GET}
 * @param uri absolute, {@code http} or {@code https}; user-info in it becomes basic authentication
 *     unless the headers hold another {@code Authorization}
 * @param headers each name with its values
 * @param body sent as UTF-8; empty for none
 * @param limit for everything from resolving the name to the last byte of the answer; above zero
 * @param maxBytes how much of the answer's body is read, the rest is dropped with the connection
 * @param verified check the server's certificate
 * @param proxy address of the HTTP proxy for this call; empty for that of the environment
 */
public record HttpCall(
    String method,
    URI uri,
    Map<String, List<String>> headers,
    String body,
    Duration limit,
    int maxBytes,
    boolean verified,
    String proxy) {

  /**
   * Copies the headers.
   *
   * @throws IllegalArgumentException when the proxy's address is none
   */
  public HttpCall {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    ProxyRules.proxy(proxy);
  }

  /** Through the proxy of the environment, if any. */
  public HttpCall(
      String method,
      URI uri,
      Map<String, List<String>> headers,
      String body,
      Duration limit,
      int maxBytes,
      boolean verified) {
    this(method, uri, headers, body, limit, maxBytes, verified, "");
  }

  /** Leaves headers and body out, both may hold secrets. */
  @Override
  public String toString() {
    return method + " " + Uris.shown(uri);
  }
}
