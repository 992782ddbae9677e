package io.serin.rollout;

import java.time.Duration;
import java.time.ZoneId;

/**
 * The controller's settings for rollouts.
 *
 * @param provider provider of canaries that name none
 * @param crossNamespaceRefs canaries may refer to objects of other namespaces
 * @param slot only canaries with this value of the annotation {@code flagger.app/slot} are looked
 *     after; empty for those without it
 * @param zone time zone of the {@code Moment} fact
 * @param jitter canaries under way when the controller starts are spread over this time
 * @param calendar the ConfigMap of the change calendar, {@code namespace/name}; empty for none
 */
public record RolloutOptions(
    String provider,
    boolean crossNamespaceRefs,
    String slot,
    ZoneId zone,
    Duration jitter,
    String calendar) {

  /** Options without a change calendar. */
  public RolloutOptions(
      String provider, boolean crossNamespaceRefs, String slot, ZoneId zone, Duration jitter) {
    this(provider, crossNamespaceRefs, slot, zone, jitter, "");
  }

  /** What holds when no flag says otherwise. */
  public static final RolloutOptions DEFAULTS =
      new RolloutOptions("istio", true, "", ZoneId.of("UTC"), Duration.ofSeconds(5));
}
