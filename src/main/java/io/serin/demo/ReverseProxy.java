package io.serin.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Passes requests on to ports of loopback, and answers back. */
final class ReverseProxy implements AutoCloseable {
  private static final int CONNECTIONS = 256;

  /** What concerns one hop only, or is set anew for the next. */
  private static final Set<String> OF_ONE_HOP =
      Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade");

  private final CloseableHttpClient client = HttpClients.pooled(CONNECTIONS);
  private final ExecutorService copies =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mirror-", 0).factory());

  /**
   * Answers an exchange with what a server says.
   *
   * @param port of that server
   * @param mirrors ports of servers that get the same request and whose answers nobody sees
   */
  void pass(HttpExchange exchange, int port, List<Integer> mirrors) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    mirrors.forEach(mirror -> copy(request(exchange, mirror, body)));
    try {
      client.execute(
          request(exchange, port, body),
          answer -> {
            answer(exchange, answer);
            return answer.getCode();
          });
    } catch (IOException e) {
      if (exchange.getResponseCode() < 0) {
        Loopback.send(exchange, 502, "text/plain", "no answer: " + e.getMessage() + "\n");
      }
    }
  }

  @Override
  public void close() {
    copies.close();
    HttpClients.close(client);
  }

  private void copy(HttpUriRequestBase request) {
    copies.execute(
        () -> {
          try {
            client.execute(request, answer -> EntityUtils.toString(answer.getEntity()));
          } catch (IOException _) {
            // Nobody waits for the answer to a copy.
          }
        });
  }

  private static HttpUriRequestBase request(HttpExchange exchange, int port, byte[] body) {
    URI uri = URI.create("http://127.0.0.1:" + port + exchange.getRequestURI());
    HttpUriRequestBase request = new HttpUriRequestBase(exchange.getRequestMethod(), uri);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (passes(name)) {
                values.forEach(value -> request.addHeader(name, value));
              }
            });
    if (body.length > 0) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
    return request;
  }

  private static void answer(HttpExchange exchange, ClassicHttpResponse answer) throws IOException {
    HttpEntity entity = answer.getEntity();
    byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
    for (var header : answer.getHeaders()) {
      if (passes(header.getName()) && !header.getName().equalsIgnoreCase("date")) {
        exchange.getResponseHeaders().add(header.getName(), header.getValue());
      }
    }
    exchange.sendResponseHeaders(answer.getCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static boolean passes(String header) {
    return !OF_ONE_HOP.contains(header.toLowerCase(Locale.ROOT));
  }
}
