package io.serin.cluster;

/** The object is not what the write rested on any more; the next tick sees the new one. */
public final class ConflictException extends ClusterException {

  private static final long serialVersionUID = 1L;

  /** With what was asked and what came back. */
  public ConflictException(String message) {
    super(message);
  }

  /** With what was asked and what came back. */
  public ConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
