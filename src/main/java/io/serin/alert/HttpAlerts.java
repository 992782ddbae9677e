package io.serin.alert;

import io.serin.api.Counted;
import io.serin.http.Http;
import io.serin.http.HttpAnswer;
import io.serin.http.HttpCall;
import io.serin.http.OneLine;
import io.serin.http.RetryingHttp;
import io.serin.http.RetryingHttp.Answered;
import io.serin.http.RetryingHttp.Outcome;
import io.serin.http.RetryingHttp.Unanswered;
import io.serin.http.Sleeper;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Alerts over HTTP. An attempt that gets no answer, 429 or 5xx (but not 501) is repeated up to four
 * times; everything else is final.
 */
public final class HttpAlerts implements Alerts {

  private static final int RETRIES = 4;
  private static final int MOST_BYTES = 64 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final RetryingHttp http;

  public HttpAlerts(Http http, InstantSource clock) {
    this(http, clock, Thread::sleep);
  }

  HttpAlerts(Http http, InstantSource clock, Sleeper sleeper) {
    this.http = new RetryingHttp(http, clock, sleeper);
  }

  @Override
  public @Nullable String send(Alert alert, Channel channel) {
    Receiver receiver = Receivers.find(channel.type());
    if (receiver == null) {
      return "there is no type \"%s\"; write one of %s"
          .formatted(channel.type(), String.join(", ", Receivers.names()));
    }
    try {
      URI address = Addresses.parse(channel.address());
      String problem = send(receiver, receiver.message(alert, channel, address), channel);
      return problem == null ? null : harmless(address, problem);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "the call was interrupted";
    } catch (RuntimeException e) {
      return OneLine.of(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String send(Receiver receiver, Message message, Channel channel)
      throws InterruptedException {
    Outcome outcome = http.send(call(message, channel), RETRIES);
    String problem =
        switch (outcome) {
          case Answered(HttpAnswer answer, _, _) -> receiver.refusal(message.address(), answer);
          case Unanswered(String reason, _, _) -> "postMessage failed: " + reason;
        };
    return problem == null || !outcome.gaveUp()
        ? problem
        : problem + " (" + Counted.of(outcome.attempts(), "attempt") + ")";
  }

  /** What others say may hold the address, of which path and query are often secrets. */
  private static String harmless(URI address, String problem) {
    String harmless = problem;
    for (String secret : List.of(address.getRawPath(), query(address))) {
      harmless = secret.length() > 1 ? harmless.replace(secret, "…") : harmless;
    }
    return Addresses.shown(address) + ": " + harmless;
  }

  private static String query(URI address) {
    return address.getRawQuery() == null ? "" : address.getRawQuery();
  }

  private static HttpCall call(Message message, Channel channel) {
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("Content-Type", List.of("application/json"));
    message.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return new HttpCall(
        "POST",
        message.address(),
        headers,
        message.body(),
        LIMIT,
        MOST_BYTES,
        true,
        channel.proxy());
  }
}
