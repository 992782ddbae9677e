package io.serin.fact;

/**
 * One of the two copies of the application.
 *
 * @param role which copy
 * @param name name of the object, such as {@code podinfo-primary}
 * @param kind kind of the object, such as {@code Deployment}
 * @param exists the object exists
 * @param ready enough of its pods of the wanted revision are available; true for a copy of zero
 *     replicas
 * @param expired it is not ready and its progress deadline has passed
 * @param reason why it is not ready, or empty
 * @param replicas replicas that its spec wants
 * @param available pods that are available
 */
public record Workload(
    Role role,
    String name,
    String kind,
    boolean exists,
    boolean ready,
    boolean expired,
    String reason,
    int replicas,
    int available) {

  /** The two copies. */
  public enum Role {
    /** The user's object, which carries the new revision. */
    TARGET,
    /** The copy that serves the promoted revision. */
    PRIMARY
  }

  /** Shorthand for rules. */
  public boolean target() {
    return role == Role.TARGET;
  }

  /** Shorthand for rules. */
  public boolean primary() {
    return role == Role.PRIMARY;
  }

  /** It exists, is ready and has at least one replica, so traffic may go there. */
  public boolean serving() {
    return exists && ready && replicas > 0;
  }
}
