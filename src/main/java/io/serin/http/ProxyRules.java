package io.serin.http;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The proxy for a host: that of the call, or else by the usual environment variables, in upper or
 * lower case. The environment's is never used for loopback. {@code NO_PROXY} holds names (with all
 * below them), addresses, networks such as {@code 10.0.0.0/8}, or {@code *}.
 */
final class ProxyRules extends DefaultRoutePlanner {
  private static final String OWN = "serin.proxy";

  private final @Nullable HttpHost http;
  private final @Nullable HttpHost https;
  private final List<String> without;

  private ProxyRules(@Nullable HttpHost http, @Nullable HttpHost https, List<String> without) {
    super(DefaultSchemePortResolver.INSTANCE);
    this.http = http;
    this.https = https;
    this.without = without;
  }

  static ProxyRules of(Map<String, String> environment) {
    return new ProxyRules(
        proxy(value(environment, "HTTP_PROXY")),
        proxy(value(environment, "HTTPS_PROXY")),
        Arrays.stream(value(environment, "NO_PROXY").split(","))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  /** The context of a call that has a proxy of its own; null for one that has none. */
  static @Nullable HttpContext context(String proxy) {
    HttpHost host = proxy(proxy);
    if (host == null) {
      return null;
    }
    HttpContext context = HttpClientContext.create();
    context.setAttribute(OWN, host);
    return context;
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    if (context.getAttribute(OWN) instanceof HttpHost own) {
      return own;
    }
    return proxyFor(target.getSchemeName(), target.getHostName());
  }

  @Nullable HttpHost proxyFor(String scheme, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (isLoopback(name) || without.stream().anyMatch(entry -> covers(entry, name))) {
      return null;
    }
    return scheme.equalsIgnoreCase("https") ? https : http;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static boolean covers(String entry, String host) {
    if (entry.equals("*") || entry.equals(host)) {
      return true;
    }
    if (entry.contains("/")) {
      return Network.contains(entry, host);
    }
    String suffix = entry.startsWith(".") ? entry : "." + entry;
    return host.endsWith(suffix);
  }

  private static String value(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    return upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
  }

  /**
   * The proxy at an address; null for an empty one.
   *
   * @throws IllegalArgumentException when it is no address
   */
  static @Nullable HttpHost proxy(String address) {
    if (address.isEmpty()) {
      return null;
    }
    URI uri = address(address);
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    return new HttpHost(uri.getScheme(), uri.getHost(), port);
  }

  private static URI address(String text) {
    try {
      return Uris.parse(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the proxy " + e.getMessage(), e);
    }
  }
}
