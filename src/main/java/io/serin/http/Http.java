package io.serin.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Two shared clients, one that verifies certificates and one that does not. Safe for any number of
 * threads. Nothing is retried, no cookie is kept, at most ten redirects are followed.
 */
public final class Http implements AutoCloseable {
  private final CloseableHttpClient verifying;
  private final CloseableHttpClient trusting;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param environment where {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} are
   *     looked up; calls without verification never use a proxy
   */
  public Http(Map<String, String> environment) {
    verifying = Clients.verifying(ProxyRules.of(environment));
    trusting = Clients.trusting();
  }

  /**
   * Sends a request. Always ends within its limit: the call runs on a thread of its own, because
   * time-outs of sockets bound single reads only and nothing bounds resolving a name.
   *
   * @throws IOException when there is no answer; the message is one line
   */
  public HttpAnswer send(HttpCall call) throws IOException {
    HttpUriRequestBase request = request(call);
    Future<HttpAnswer> answer = threads.submit(() -> exchange(call, request));
    try {
      return answer.get(call.limit().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new SocketTimeoutException("no answer within " + shown(call.limit()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the call was interrupted");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (!answer.isDone()) {
        request.cancel();
        answer.cancel(true);
      }
    }
  }

  /** Closes connections; calls under way fail. */
  @Override
  public void close() {
    threads.shutdownNow();
    verifying.close(CloseMode.IMMEDIATE);
    trusting.close(CloseMode.IMMEDIATE);
  }

  private HttpAnswer exchange(HttpCall call, HttpUriRequestBase request) throws IOException {
    CloseableHttpClient client = call.verified() ? verifying : trusting;
    ClassicHttpResponse response =
        client.executeOpen(null, request, ProxyRules.context(call.proxy()));
    try {
      HttpAnswer answer = read(response, call.maxBytes());
      if (answer.cut()) {
        // Closing an unread body would read it to its end first.
        request.cancel();
      }
      return answer;
    } finally {
      closeQuietly(response);
    }
  }

  private static HttpUriRequestBase request(HttpCall call) {
    HttpUriRequestBase request =
        new HttpUriRequestBase(call.method(), Uris.withoutUserInfo(call.uri()));
    call.headers().forEach((name, values) -> values.forEach(v -> request.addHeader(name, v)));
    String basic = Uris.basicAuth(call.uri());
    if (basic != null && !request.containsHeader(HttpHeaders.AUTHORIZATION)) {
      request.addHeader(HttpHeaders.AUTHORIZATION, basic);
    }
    if (!call.body().isEmpty()) {
      request.setEntity(new StringEntity(call.body(), StandardCharsets.UTF_8));
    }
    request.setConfig(timeouts(call.limit()));
    return request;
  }

  private static RequestConfig timeouts(Duration limit) {
    Timeout timeout = Timeout.of(limit);
    return RequestConfig.custom()
        .setConnectionRequestTimeout(timeout)
        .setResponseTimeout(timeout)
        .setMaxRedirects(10)
        .setCircularRedirectsAllowed(true)
        .build();
  }

  private static HttpAnswer read(ClassicHttpResponse response, int maxBytes) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName(), Objects.requireNonNullElse(header.getValue(), ""));
    }
    byte[] bytes = bytes(response.getEntity(), maxBytes + 1);
    int length = Math.min(bytes.length, maxBytes);
    String body = new String(bytes, 0, length, charset(response.getEntity()));
    String reason = Objects.requireNonNullElse(response.getReasonPhrase(), "");
    return new HttpAnswer(response.getCode(), reason, headers, body, bytes.length > maxBytes);
  }

  private static byte[] bytes(@Nullable HttpEntity entity, int limit) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    InputStream content = entity.getContent();
    return content == null ? new byte[0] : content.readNBytes(limit);
  }

  private static Charset charset(@Nullable HttpEntity entity) {
    ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
    Charset charset = type == null ? null : type.getCharset();
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }

  private static void closeQuietly(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException _) {
      // The answer was read; how its connection ends does not matter.
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    if (cause instanceof IOException known) {
      return known;
    }
    return new IOException(String.valueOf(cause), cause);
  }

  private static String shown(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + "s" : limit.toMillis() + "ms";
  }
}
