package io.serin.http;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.HttpException;

/**
 * Repeats requests that may fare better next time: those without an answer, or with 429 or 5xx (but
 * not 501). Pauses grow, see {@link BackOff}. Everything else is final.
 */
public final class RetryingHttp {
  private final Http http;
  private final BackOff backOff;
  private final Sleeper sleeper;

  public RetryingHttp(Http http, InstantSource clock, Sleeper sleeper) {
    this.http = http;
    this.backOff = new BackOff(clock);
    this.sleeper = sleeper;
  }

  /** How the last attempt ended. */
  public sealed interface Outcome {

    /** Attempts made, 1 or more. */
    int attempts();

    /** Another attempt might have helped, but there were no more. */
    boolean gaveUp();
  }

  /** There was an answer. */
  public record Answered(HttpAnswer answer, int attempts, boolean gaveUp) implements Outcome {}

  /**
   * There was none.
   *
   * @param reason one line
   */
  public record Unanswered(String reason, int attempts, boolean gaveUp) implements Outcome {}

  /**
   * Sends a request until there is a final answer.
   *
   * @param retries attempts after the first, 0 or more
   * @throws InterruptedException when interrupted in a pause
   */
  public Outcome send(HttpCall call, int retries) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      Outcome outcome = attempt(call, attempt + 1);
      if (!outcome.gaveUp() || attempt >= retries) {
        return outcome;
      }
      sleeper.sleep(pause(outcome, attempt));
    }
  }

  private Outcome attempt(HttpCall call, int number) {
    try {
      HttpAnswer answer = http.send(call);
      return new Answered(answer, number, isPassing(answer.status()));
    } catch (IOException e) {
      return new Unanswered(OneLine.of(String.valueOf(e.getMessage())), number, !isFinal(e));
    }
  }

  private Duration pause(Outcome outcome, int attempt) {
    return switch (outcome) {
      case Answered answered -> backOff.after(attempt, answered.answer());
      case Unanswered _ -> backOff.after(attempt);
    };
  }

  private static boolean isPassing(int status) {
    return status == 429 || (status >= 500 && status != 501);
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
}
