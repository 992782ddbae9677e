package io.serin.http;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server answered.
 *
 * @param status HTTP status code
 * @param reason the server's words for the status, may be empty
 * @param headers the last value of each header, by name in any case
 * @param body the part that was read, as text
 * @param cut the body was longer than the call allowed
 */
public record HttpAnswer(
    int status, String reason, Map<String, String> headers, String body, boolean cut) {

  /** Copies the headers. */
  public HttpAnswer {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /** The header's value, empty when absent. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Code and words, such as {@code 404 Not Found}. */
  public String statusLine() {
    return (status + " " + reason).strip();
  }
}
