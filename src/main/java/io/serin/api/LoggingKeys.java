package io.serin.api;

/**
 * The keys of structured log entries: one spelling each, in every room. The message of an entry is
 * constant; what differs goes under these keys.
 */
public final class LoggingKeys {
  /** A Canary as {@code name.namespace}, the way Flagger writes it. */
  public static final String CANARY = "canary";

  public static final String NAMESPACE = "namespace";

  /** A Kubernetes object as {@code Kind/name.namespace}. */
  public static final String OBJECT = "object";

  public static final String PHASE = "phase";

  /** The share of requests that the canary gets, in percent. */
  public static final String WEIGHT = "weight";

  public static final String REVISION = "revision";
  public static final String VERDICT = "verdict";

  /** The rule whose proposal won. */
  public static final String RULE = "rule";

  /** Why, in one sentence, with the values compared. */
  public static final String REASON = "reason";

  public static final String POLICY = "policy";
  public static final String METRIC = "metric";
  public static final String WEBHOOK = "webhook";

  /** A traffic, metric or alert provider. */
  public static final String PROVIDER = "provider";

  public static final String URL = "url";
  public static final String STATUS = "status";
  public static final String ATTEMPT = "attempt";

  /** How long something took, as an ISO 8601 duration. */
  public static final String DURATION = "duration";

  public static final String VERSION = "version";
  public static final String PORT = "port";

  /** This instance of the controller, see {@code -slot}. */
  public static final String SLOT = "slot";

  private LoggingKeys() {}
}
