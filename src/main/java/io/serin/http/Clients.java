package io.serin.http;

import java.security.GeneralSecurityException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Builds the shared clients. */
final class Clients {
  private static final Timeout CONNECT = Timeout.ofSeconds(10);

  /** Short enough to notice that a name has got another address. */
  private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(2);

  private static final Timeout IDLE = Timeout.ofSeconds(30);

  private Clients() {}

  static CloseableHttpClient verifying(ProxyRules proxies) {
    TlsSocketStrategy tls = DefaultClientTlsStrategy.createDefault();
    return plain(tls).setRoutePlanner(proxies).build();
  }

  static CloseableHttpClient trusting() {
    return plain(trustingTls()).build();
  }

  private static HttpClientBuilder plain(TlsSocketStrategy tls) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections(tls))
        .setUserAgent("serin")
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching();
  }

  /**
   * Callers bound how much they ask at once, the pool need not: a slow server must not hold up
   * calls to it that would be quick.
   */
  private static PoolingHttpClientConnectionManager connections(TlsSocketStrategy tls) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(tls)
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setMaxConnPerRoute(1024)
        .setDefaultConnectionConfig(connection())
        .build();
  }

  /**
   * A kept connection is looked at before it is used again: a server may have closed it meanwhile,
   * and a POST that runs into that cannot be repeated.
   */
  private static ConnectionConfig connection() {
    return ConnectionConfig.custom()
        .setConnectTimeout(CONNECT)
        .setTimeToLive(CONNECTION_LIFE)
        .setIdleTimeout(IDLE)
        .setValidateAfterInactivity(TimeValue.ofMilliseconds(0))
        .build();
  }

  private static TlsSocketStrategy trustingTls() {
    try {
      return ClientTlsStrategyBuilder.create()
          .setSslContext(SSLContextBuilder.create().loadTrustMaterial(null, (_, _) -> true).build())
          .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
          .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
          .buildClassic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }
}
