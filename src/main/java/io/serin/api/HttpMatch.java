package io.serin.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route takes; all conditions of one entry must hold, one entry of a list
 * suffices.
 */
public record HttpMatch(
    String name,
    @Nullable StringMatch uri,
    @Nullable StringMatch scheme,
    @Nullable StringMatch method,
    @Nullable StringMatch authority,
    Map<String, StringMatch> headers,
    int port,
    Map<String, String> sourceLabels,
    List<String> gateways,
    Map<String, StringMatch> queryParams,
    boolean ignoreUriCase,
    Map<String, StringMatch> withoutHeaders,
    String sourceNamespace) {

  public HttpMatch {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    sourceLabels = Collections.unmodifiableMap(new LinkedHashMap<>(sourceLabels));
    gateways = List.copyOf(gateways);
    queryParams = Collections.unmodifiableMap(new LinkedHashMap<>(queryParams));
    withoutHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(withoutHeaders));
  }

  static HttpMatch read(Fields f) {
    return new HttpMatch(
        f.text("name"),
        f.object("uri", StringMatch::read),
        f.object("scheme", StringMatch::read),
        f.object("method", StringMatch::read),
        f.object("authority", StringMatch::read),
        f.map("headers", StringMatch::read),
        f.whole("port", 0),
        f.textMap("sourceLabels"),
        f.texts("gateways"),
        f.map("queryParams", StringMatch::read),
        f.flag("ignoreUriCase"),
        f.map("withoutHeaders", StringMatch::read),
        f.text("sourceNamespace"));
  }
}
