package io.serin.demo;

/** The demo cannot go on; the message is one line. */
public final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }
}
