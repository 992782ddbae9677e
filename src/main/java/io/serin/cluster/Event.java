package io.serin.cluster;

import io.serin.api.KubeObject;

/**
 * A Kubernetes event.
 *
 * @param about the object it is about
 * @param warning type {@code Warning}, otherwise {@code Normal}
 * @param reason short machine-readable cause in CamelCase
 * @param message one line for people
 */
public record Event(KubeObject about, boolean warning, String reason, String message) {}
