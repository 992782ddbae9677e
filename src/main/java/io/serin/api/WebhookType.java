package io.serin.api;

/** When a webhook is called. An absent type means {@link #ROLLOUT}. */
public enum WebhookType implements WireName {
  /** In every analysis tick; a refusal is a failed check. */
  ROLLOUT("rollout"),
  /** Before a rollout starts; a refusal keeps it waiting. */
  CONFIRM_ROLLOUT("confirm-rollout"),
  /** Once before the first traffic; a refusal is a failed check. */
  PRE_ROLLOUT("pre-rollout"),
  /** Before each step; a refusal holds the weight. */
  CONFIRM_TRAFFIC_INCREASE("confirm-traffic-increase"),
  /** Before the promotion; a refusal keeps it waiting. */
  CONFIRM_PROMOTION("confirm-promotion"),
  /** After a rollout ended, however it ended. */
  POST_ROLLOUT("post-rollout"),
  /** In every analysis tick; an approval rolls back. */
  ROLLBACK("rollback"),
  /** For each event that is emitted. */
  EVENT("event");

  private final String wireName;

  WebhookType(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
