package io.serin.api;

import java.util.List;

/** Cross-origin rules of the route; {@code maxAge} as a Go duration. */
public record CorsPolicy(
    List<String> allowOrigin,
    List<StringMatch> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    String maxAge,
    boolean allowCredentials) {

  public CorsPolicy {
    allowOrigin = List.copyOf(allowOrigin);
    allowOrigins = List.copyOf(allowOrigins);
    allowMethods = List.copyOf(allowMethods);
    allowHeaders = List.copyOf(allowHeaders);
    exposeHeaders = List.copyOf(exposeHeaders);
  }

  static CorsPolicy read(Fields f) {
    return new CorsPolicy(
        f.texts("allowOrigin"),
        f.list("allowOrigins", StringMatch::read),
        f.texts("allowMethods"),
        f.texts("allowHeaders"),
        f.texts("exposeHeaders"),
        f.text("maxAge"),
        f.flag("allowCredentials"));
  }
}
