package io.serin.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** HTTP clients of the demo's own parts: they pass on what they get and end whatever happens. */
final class HttpClients {
  private static final Timeout LIMIT = Timeout.ofSeconds(5);

  private HttpClients() {}

  /**
   * @param connections to one server, and in all
   */
  static CloseableHttpClient pooled(int connections) {
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(LIMIT)
            .setSocketTimeout(LIMIT)
            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(connection)
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(LIMIT)
                .setResponseTimeout(LIMIT)
                .build())
        .disableCookieManagement()
        .disableRedirectHandling()
        .disableContentCompression()
        .build();
  }

  static void close(CloseableHttpClient client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close an HTTP client", e);
    }
  }
}
