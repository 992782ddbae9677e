package io.serin.cluster;

/**
 * The API server refused a request or could not be reached. The message says which request and why,
 * in one line.
 */
public class ClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what was asked and what came back. */
  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
