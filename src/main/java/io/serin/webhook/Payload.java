package io.serin.webhook;

import java.util.Map;

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
}
