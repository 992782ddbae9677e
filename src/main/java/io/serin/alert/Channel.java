package io.serin.alert;

/**
 * Where alerts go.
 *
 * @param type kind of receiver, one of {@link Receivers#names()}
 * @param address URL, often a secret itself
 * @param token a secret that the receiver knows, too; empty for none
 * @param room chat room to write to; empty where the address says it
 * @param username sender to show
 * @param proxy address of an HTTP proxy; empty for that of the environment
 */
public record Channel(
    String type, String address, String token, String room, String username, String proxy) {

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "Channel[" + type + ", room=" + room + "]";
  }
}
