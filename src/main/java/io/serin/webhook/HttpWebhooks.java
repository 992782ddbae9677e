package io.serin.webhook;

import io.serin.api.Webhook;
import io.serin.http.Http;
import io.serin.http.HttpAnswer;
import io.serin.http.HttpCall;
import io.serin.http.OneLine;
import io.serin.http.Uris;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

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

  private final Http http;
  private final IntPredicate success;
  private final BackOff backOff;
  private final Sleeper sleeper;
  private final Json json = new Json();

  /**
   * @param success the status codes that count as success, {@link #UP_TO_202} or {@link #ANY_2XX}
   */
  public HttpWebhooks(Http http, IntPredicate success, InstantSource clock) {
    this(http, success, clock, Thread::sleep);
  }

  HttpWebhooks(Http http, IntPredicate success, InstantSource clock, Sleeper sleeper) {
    this.http = http;
    this.success = success;
    this.backOff = new BackOff(clock);
    this.sleeper = sleeper;
  }

  @Override
  public Answer call(Webhook hook, Payload payload) {
    try {
      return attempts(hook, Uris.parse(hook.url()), json.of(payload));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return refused("the call of webhook " + hook.name() + " was interrupted");
    } catch (RuntimeException e) {
      return refused("webhook " + hook.name() + " cannot be called: " + e.getMessage());
    }
  }

  private Answer attempts(Webhook hook, URI uri, String body) throws InterruptedException {
    HttpCall call =
        new HttpCall("POST", uri, HEADERS, body, limit(hook), MOST_BYTES, !hook.disableTLS());
    for (int attempt = 0; ; attempt++) {
      Attempt result = attempt(call);
      if (!result.retriable()) {
        return result.answer();
      }
      if (attempt >= hook.retries()) {
        return givingUp(call, attempt + 1, result.answer().text());
      }
      sleeper.sleep(result.pause(backOff, attempt));
    }
  }

  private Attempt attempt(HttpCall call) {
    try {
      HttpAnswer answer = http.send(call);
      boolean retriable =
          answer.status() == 429 || (answer.status() >= 500 && answer.status() != 501);
      return new Attempt(judge(answer), retriable, answer);
    } catch (IOException e) {
      boolean retriable = !isFinal(e);
      String prefix = retriable ? "" : call + " failed: ";
      return new Attempt(refused(prefix + e.getMessage()), retriable, null);
    }
  }

  private Answer judge(HttpAnswer answer) {
    String text = answer.body().isBlank() ? answer.statusLine() : answer.body();
    return new Answer(success.test(answer.status()), OneLine.of(text));
  }

  /** Trying again does not help against a bad certificate or a circle of redirects. */
  private static boolean isFinal(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof SSLPeerUnverifiedException
          || cause instanceof HttpException) {
        return true;
      }
    }
    return Thread.currentThread().isInterrupted();
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

  /**
   * One attempt.
   *
   * @param reply what the receiver said; null when there was no reply
   */
  private record Attempt(Answer answer, boolean retriable, @Nullable HttpAnswer reply) {
    Duration pause(BackOff backOff, int attempt) {
      return reply == null ? backOff.after(attempt) : backOff.after(attempt, reply);
    }
  }
}
