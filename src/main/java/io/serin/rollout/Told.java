package io.serin.rollout;

/**
 * Something that people are told: as a Kubernetes event, in the log and by the event webhooks, in
 * the same words.
 *
 * @param warning somebody should look
 * @param reason short cause in CamelCase
 * @param message one line
 * @param once told again only after something else of the same reason was told or the rollout moved
 */
public record Told(boolean warning, String reason, String message, boolean once) {

  static Told normal(String reason, String message) {
    return new Told(false, reason, message, false);
  }

  static Told warning(String reason, String message) {
    return new Told(true, reason, message, false);
  }

  Told onlyOnce() {
    return new Told(warning, reason, message, true);
  }
}
