package io.serin.cluster;

import io.serin.api.KubeObject;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes event.
 *
 * @param about the object it is about
 * @param warning type {@code Warning}, otherwise {@code Normal}
 * @param reason short machine-readable cause in CamelCase
 * @param message one line for people, by which an event that is said again is known
 * @param because why, in one line that may be another each time; null for none
 */
public record Event(
    KubeObject about, boolean warning, String reason, String message, @Nullable String because) {

  /** One that says no more than its message. */
  public Event(KubeObject about, boolean warning, String reason, String message) {
    this(about, warning, reason, message, null);
  }

  /** The message as it is stored: why is its second line. */
  public String text() {
    return because == null ? message : message + "\n" + because;
  }
}
