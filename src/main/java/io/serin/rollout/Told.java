package io.serin.rollout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that people are told: as a Kubernetes event, in the log and by the event webhooks, in
 * the same words.
 *
 * @param warning somebody should look
 * @param reason short cause in CamelCase
 * @param message one line, Flagger's where it has one
 * @param once told again only after something else of the same reason was told or the rollout moved
 * @param because why the tick ended so; null for what does not tell its verdict
 */
public record Told(
    boolean warning, String reason, String message, boolean once, @Nullable Because because) {

  static Told normal(String reason, String message) {
    return new Told(false, reason, message, false, null);
  }

  static Told warning(String reason, String message) {
    return new Told(true, reason, message, false, null);
  }

  Told onlyOnce() {
    return new Told(warning, reason, message, true, because);
  }

  Told because(@Nullable Because why) {
    return new Told(warning, reason, message, once, why);
  }

  /** Of all that tells the verdict of one tick, the last says why. */
  static List<Told> explainedOnce(List<Told> all) {
    List<Told> told = new ArrayList<>();
    boolean explained = false;
    for (Told one : all.reversed()) {
      told.addFirst(explained ? one.because(null) : one);
      explained |= one.because() != null;
    }
    return told;
  }
}
