package io.serin.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Asks the servers of tests. */
final class Http implements AutoCloseable {
  private final CloseableHttpClient client = HttpClients.pooled(64);

  /**
   * @param pod the pod that answered, empty when none did
   */
  record Answer(int status, String pod, String body) {}

  Answer get(String url, Map<String, String> headers) {
    HttpGet get = new HttpGet(url);
    headers.forEach(get::setHeader);
    try {
      return client.execute(
          get,
          answer -> {
            Header pod = answer.getFirstHeader("X-Pod");
            return new Answer(
                answer.getCode(),
                pod == null ? "" : pod.getValue(),
                EntityUtils.toString(answer.getEntity()));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer get(String url) {
    return get(url, Map.of());
  }

  @Override
  public void close() {
    HttpClients.close(client);
  }
}
