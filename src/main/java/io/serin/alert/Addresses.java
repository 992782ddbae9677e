package io.serin.alert;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads and shows addresses that are secrets: of what is wrong with one, only its host is told. */
final class Addresses {

  private Addresses() {}

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a message that leaves it out
   */
  static URI parse(String address) {
    try {
      URI uri = new URI(address.strip());
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && scheme.matches("(?i)https?")) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // the message below says it better
    }
    throw new IllegalArgumentException(
        "its address is no http or https URL; write for example"
            + " https://hooks.slack.com/services/…");
  }

  /** Scheme, host and port. */
  static String shown(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port;
  }

  /** The same address with another path; query and the rest stay. */
  static URI withPath(URI address, String path) {
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return URI.create(address.getScheme() + "://" + address.getRawAuthority() + path + query);
  }
}
