package io.serin.record;

/** Recordings cannot be read, or a line of one makes no sense; the message is one line. */
public final class RecordingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a line that names the thing, its value and the next step. */
  public RecordingException(String message) {
    super(message);
  }

  RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
