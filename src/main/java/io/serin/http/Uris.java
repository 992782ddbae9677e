package io.serin.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads, shows and takes apart the addresses that users write. */
public final class Uris {

  private Uris() {}

  /**
   * Reads an absolute address.
   *
   * @throws IllegalArgumentException when it is none, or neither http nor https; the message says
   *     what to write
   */
  public static URI parse(String address) {
    try {
      URI uri = new URI(address.strip());
      if (isHttp(uri) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // the message below says it better
    }
    throw new IllegalArgumentException(
        "\"" + masked(address) + "\" is no http or https URL; write for example http://host:9090");
  }

  /** The address for messages: without password. */
  public static String shown(URI uri) {
    return masked(uri.toString());
  }

  /** The value of {@code Authorization} for the address's user-info; null when it has none. */
  static @Nullable String basicAuth(URI uri) {
    String userInfo = uri.getUserInfo();
    return userInfo == null ? null : basicAuth(userInfo);
  }

  /** The value of {@code Authorization} for {@code user:password}. */
  public static String basicAuth(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** The address as it goes on the wire, where user-info and fragment have no place. */
  static URI withoutUserInfo(URI uri) {
    String raw = uri.toString().replaceFirst("#.*$", "");
    String userInfo = uri.getRawUserInfo();
    return URI.create(userInfo == null ? raw : raw.replaceFirst("//[^/?]*@", "//"));
  }

  private static boolean isHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }

  private static String masked(String address) {
    return address.replaceFirst("//([^/?#:@]*):[^/?#]*@", "//$1:xxxxx@");
  }
}
