package io.serin.alert;

import io.serin.http.HttpAnswer;
import io.serin.http.OneLine;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How one kind of receiver wants to be told. Pure. */
interface Receiver {

  /**
   * What to post.
   *
   * @param address the channel's address
   */
  Message message(Alert alert, Channel channel, URI address);

  /**
   * What is wrong with an answer, in one line; null for nothing.
   *
   * @param address where the answer is from
   */
  default @Nullable String refusal(URI address, HttpAnswer answer) {
    if (answer.status() >= 200 && answer.status() < 300) {
      return null;
    }
    String said = answer.body().isBlank() ? answer.reason() : answer.body();
    return OneLine.of(
        "postMessage failed: sending notification bad response " + answer.status() + ": " + said);
  }
}
