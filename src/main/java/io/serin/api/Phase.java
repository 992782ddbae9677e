package io.serin.api;

/** Where a rollout stands; {@code status.phase}. */
public enum Phase implements WireName {
  /** Never synced. */
  NONE(""),
  /** Accepted, the primary is being created. */
  INITIALIZING("Initializing"),
  /** The primary serves, the target is at zero. */
  INITIALIZED("Initialized"),
  /** A change was seen, a confirm-rollout gate is closed. */
  WAITING("Waiting"),
  /** The analysis runs. */
  PROGRESSING("Progressing"),
  /** The analysis passed, a confirm-promotion gate is closed. */
  WAITING_PROMOTION("WaitingPromotion"),
  /** The target's spec was copied to the primary, traffic goes back to it. */
  PROMOTING("Promoting"),
  /** All traffic is on the primary, the target is about to be scaled down. */
  FINALISING("Finalising"),
  SUCCEEDED("Succeeded"),
  /** Rolled back, or the promotion failed. */
  FAILED("Failed"),
  /** The finalizer runs. */
  TERMINATING("Terminating"),
  TERMINATED("Terminated");

  private final String wireName;

  Phase(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** A rollout is under way: analysing, waiting for promotion, promoting or finalising. */
  public boolean isActive() {
    return switch (this) {
      case PROGRESSING, WAITING_PROMOTION, PROMOTING, FINALISING -> true;
      case NONE, INITIALIZING, INITIALIZED, WAITING, SUCCEEDED, FAILED, TERMINATING, TERMINATED ->
          false;
    };
  }
}
