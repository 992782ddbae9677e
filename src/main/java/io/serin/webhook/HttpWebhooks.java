package io.serin.webhook;

import io.serin.api.Webhook;
import io.serin.http.Http;
import io.serin.http.HttpAnswer;
import io.serin.http.HttpCall;
import io.serin.http.OneLine;
import io.serin.http.RetryingHttp;
import io.serin.http.RetryingHttp.Answered;
import io.serin.http.RetryingHttp.Outcome;
import io.serin.http.RetryingHttp.Unanswered;
import io.serin.http.Sleeper;
import io.serin.http.Uris;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Webhooks over HTTP. An attempt that gets no answer, 429 or 5xx (but not 501) is repeated as often
 * as the hook says; everything else is final.
 */
public final class HttpWebhooks implements Webhooks {
  /** What Flagger takes for success: 204 is none. */
  public static final IntPredicate UP_TO_202 = status -> status <= 202;

  public static final IntPredicate ANY_2XX = status -> status >= 200 && status < 300;

  private static final int MOST_BYTES = 64 * 1024;

  /** What a hook without time-out gets, so that a tick ends one day. */
  private static final Duration WITHOUT_TIMEOUT = Duration.ofHours(1);

  private static final Map<String, List<String>> HEADERS =
      Map.of("Content-Type", List.of("application/json"));

  private final RetryingHttp http;
  private final IntPredicate success;
  private final Json json = new Json();

  /**
   * @param success the status codes that count as success, {@link #UP_TO_202} or {@link #ANY_2XX}
   */
  public HttpWebhooks(Http http, IntPredicate success, InstantSource clock) {
    this(http, success, clock, Thread::sleep);
  }

  HttpWebhooks(Http http, IntPredicate success, InstantSource clock, Sleeper sleeper) {
    this.http = new RetryingHttp(http, clock, sleeper);
    this.success = success;
  }

  @Override
  public Answer call(Webhook hook, Payload payload) {
    try {
      URI uri = Uris.parse(hook.url());
      HttpCall call =
          new HttpCall(
              "POST", uri, HEADERS, json.of(payload), limit(hook), MOST_BYTES, !hook.disableTLS());
      return answer(call, http.send(call, hook.retries()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return refused("the call of webhook " + hook.name() + " was interrupted");
    } catch (RuntimeException e) {
      return refused("webhook " + hook.name() + " cannot be called: " + e.getMessage());
    }
  }

  private Answer answer(HttpCall call, Outcome outcome) {
    return switch (outcome) {
      case Answered(HttpAnswer answer, int attempts, boolean gaveUp) ->
          gaveUp ? givingUp(call, attempts, text(answer)) : judge(answer);
      case Unanswered(String reason, int attempts, boolean gaveUp) ->
          gaveUp ? givingUp(call, attempts, reason) : refused(call + " failed: " + reason);
    };
  }

  private Answer judge(HttpAnswer answer) {
    return new Answer(success.test(answer.status()), text(answer));
  }

  private static String text(HttpAnswer answer) {
    return OneLine.of(answer.body().isBlank() ? answer.statusLine() : answer.body());
  }

  private static Answer givingUp(HttpCall call, int attempts, String text) {
    return refused(call + " giving up after " + attempts + " attempt(s): " + text);
  }

  private static Answer refused(String text) {
    return new Answer(false, OneLine.of(text));
  }

  private static Duration limit(Webhook hook) {
    return hook.timeout().isPositive() ? hook.timeout() : WITHOUT_TIMEOUT;
  }
}
