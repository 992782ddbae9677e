package io.serin.rollout;

/** What may happen to a canary between two ticks. */
enum Action {
  NOTHING,
  RELEASE,
  WITHDRAW,
  CONFIGURE,
  METRIC_PASSES,
  METRIC_FAILS,
  METRIC_HAS_NO_DATA,
  METRIC_CANNOT_BE_ASKED,
  HOOK_REFUSES,
  HOOK_ALLOWS,
  TARGET_UNREADY,
  TARGET_EXPIRED,
  TARGET_READY,
  PRIMARY_UNREADY,
  PRIMARY_EXPIRED,
  PRIMARY_READY,
  ROUTE_RESET,
  ROUTE_LABELLED,
  TARGET_SCALED,
  PRIMARY_DELETED,
  SUSPEND,
  RESUME,
  SKIP_ANALYSIS,
  ANALYSE_AGAIN,
  FORCE_ROLLBACK,
  FORCE_NO_MORE,
  RESTART,
  CRASH,
  DELETE;

  /** When the controller looks after it. */
  enum Wake {
    NOT_YET,
    AT_ONCE,
    WHEN_DUE
  }

  /**
   * An action of a generated history.
   *
   * @param number which hook, how many writes before the crash, which replicas
   */
  record Step(Action action, int number, Wake wake) {
    @Override
    public String toString() {
      return action + " " + number + " " + wake;
    }
  }
}
