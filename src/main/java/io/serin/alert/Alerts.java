package io.serin.alert;

import org.jspecify.annotations.Nullable;

/** Sends alerts. */
public interface Alerts {

  /**
   * Sends one, retries included; never throws and always ends.
   *
   * @return what went wrong, in one line that holds no secret; null for nothing
   */
  @Nullable String send(Alert alert, Channel channel);
}
