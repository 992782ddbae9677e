package io.serin.record;

import io.serin.rollout.TickRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the line of a tick: masked, and shortened where it would be too long; what decisions need
 * is never cut.
 */
final class BoundedLine {

  private final LineFormat format = new LineFormat();
  private final Masks masks;
  private final int longest;

  BoundedLine(Masks masks, int longest) {
    this.masks = masks;
    this.longest = longest;
  }

  /** The line with its line feed, or null when it cannot be made short enough. */
  byte @Nullable [] of(TickRecord tick) {
    ObjectNode line = format.tree(tick);
    masks.applyTo(line);
    byte[] bytes = bytes(line);
    if (bytes.length > longest) {
      line.putArray("shortened").add("because");
      dropBecause(line);
      bytes = bytes(line);
    }
    if (bytes.length > longest) {
      line.withArray("shortened").add("losers").add("effects").add("told");
      dropLosers(line);
      line.putArray("effects");
      line.putArray("told");
      bytes = bytes(line);
    }
    return bytes.length > longest ? null : bytes;
  }

  private static void dropBecause(ObjectNode line) {
    for (JsonNode proposal : line.withArray("proposals")) {
      ((ObjectNode) proposal).putArray("because");
    }
  }

  private static void dropLosers(ObjectNode line) {
    ArrayNode proposals = line.withArray("proposals");
    while (proposals.size() > 1) {
      proposals.remove(proposals.size() - 1);
    }
  }

  private byte[] bytes(ObjectNode line) {
    return (format.text(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
