package io.serin.webhook;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON body of a call, in Flagger's shape.
 *
 * @param name name of the Canary
 * @param namespace namespace of the Canary
 * @param phase wire name of its phase
 * @param checksum identifies the revision and its configuration
 * @param metadata left out when empty
 */
public record Payload(
    String name, String namespace, String phase, String checksum, Map<String, String> metadata) {

  /** Copies the map. */
  public Payload {
    metadata = Map.copyOf(metadata);
  }

  /**
   * This payload telling an event. The hook's own metadata stays, but cannot take the names of the
   * event's.
   *
   * @param message text of the event
   * @param type {@code Normal} or {@code Warning}
   * @param at when it happened
   */
  public Payload asEvent(String message, String type, Instant at) {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put("eventMessage", message);
    all.put("eventType", type);
    all.put("timestamp", String.valueOf(at.toEpochMilli()));
    return new Payload(name, namespace, phase, checksum, all);
  }

  /**
   * This payload of an event that also says why, for who wants more than Flagger tells.
   *
   * @param rule the rule that decided
   * @param explanation why, in one line
   */
  public Payload because(String rule, String explanation) {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put("rule", rule);
    all.put("explanation", explanation);
    return new Payload(name, namespace, phase, checksum, all);
  }
}
