package io.serin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a status.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one word; for {@link #PROMOTED} the phase
 */
public record Condition(
    String type,
    String status,
    String reason,
    String message,
    @Nullable Instant lastUpdateTime,
    @Nullable Instant lastTransitionTime) {

  /** The one condition that a Canary has. */
  public static final String PROMOTED = "Promoted";

  static Condition read(Fields f) {
    return new Condition(
        f.text("type"),
        f.text("status"),
        f.text("reason"),
        f.text("message"),
        f.instant("lastUpdateTime"),
        f.instant("lastTransitionTime"));
  }
}
