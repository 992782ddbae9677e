package io.serin.cluster;

/** A write was asked for by a replica that does not hold the lease; nothing was sent. */
public final class NotLeaderException extends ClusterException {

  private static final long serialVersionUID = 1L;

  /** With what was asked. */
  public NotLeaderException(String request) {
    super(request + ": not sent, another replica holds the lease");
  }
}
