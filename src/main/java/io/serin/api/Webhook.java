package io.serin.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP call that gates, tests or is told about a rollout.
 *
 * @param timeout for each attempt; zero means that the author wants none
 * @param retries attempts after the first
 * @param disableTLS do not verify the receiver's certificate
 * @param muteAlert send no alert while this gate is closed
 */
public record Webhook(
    String name,
    WebhookType type,
    String url,
    Duration timeout,
    int retries,
    boolean disableTLS,
    boolean muteAlert,
    Map<String, String> metadata) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  public Webhook {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  static Webhook read(Fields f) {
    return new Webhook(
        f.text("name"),
        f.choice("type", WebhookType.values(), WebhookType.ROLLOUT),
        f.text("url"),
        f.duration("timeout", DEFAULT_TIMEOUT),
        Math.max(0, f.whole("retries", 0)),
        f.flag("disableTLS"),
        f.flag("muteAlert"),
        f.textMap("metadata"));
  }
}
