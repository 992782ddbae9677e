package io.serin.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The API server refused a request or could not be reached. The message says which request and why,
 * in one line.
 */
public class ClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what was asked and what came back. */
  public ClusterException(String message) {
    this(message, null);
  }

  /** With what was asked and why no answer came. */
  public ClusterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
