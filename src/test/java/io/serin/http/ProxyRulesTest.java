package io.serin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {
  private final ProxyRules rules =
      ProxyRules.of(
          Map.of(
              "HTTP_PROXY", "http://proxy:3128",
              "https_proxy", "secure-proxy:8080",
              "NO_PROXY", "svc.cluster.local, .corp , 10.0.0.0/8,192.168.1.7"));

  @Test
  void eachSchemeHasItsProxy() {
    assertThat(rules.proxyFor("http", "example.com"))
        .isEqualTo(new HttpHost("http", "proxy", 3128));
    assertThat(rules.proxyFor("https", "example.com"))
        .isEqualTo(new HttpHost("http", "secure-proxy", 8080));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "127.0.0.1, true",
    "prometheus.monitoring.svc.cluster.local, true",
    "svc.cluster.local, true",
    "host.corp, true",
    "corp, false",
    "10.96.0.10, true",
    "11.0.0.1, false",
    "192.168.1.7, true",
    "192.168.1.70, false",
    "10.example.com, false"
  })
  void someHostsGoWithoutProxy(String host, boolean without) {
    assertThat(rules.proxyFor("http", host) == null).isEqualTo(without);
  }

  @Test
  void withoutVariablesThereIsNoProxy() {
    assertThat(ProxyRules.of(Map.of()).proxyFor("https", "example.com")).isNull();
  }
}
