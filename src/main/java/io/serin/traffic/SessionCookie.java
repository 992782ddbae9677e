package io.serin.traffic;

import io.serin.api.SessionAffinity;
import java.time.Duration;

/**
 * A cookie that pins a client to a side.
 *
 * @param name name of the cookie, never empty
 * @param value what tells this run from others
 */
record SessionCookie(String name, String value) {

  /** The match on the request; clients send all their cookies in one header. */
  static final String REQUEST_HEADER = "Cookie";

  static final String RESPONSE_HEADER = "Set-Cookie";

  /** Whether a pair from the status is one: {@code =x}, which Flagger may have left, is not. */
  static boolean isPair(String pair) {
    return pair.indexOf('=') > 0;
  }

  /** Whether a pair from the status is a cookie of this name; never for an empty name. */
  static boolean isPair(String pair, String name) {
    return isPair(pair) && of(pair).name().equals(name);
  }

  /** From {@code name=value}, see {@link #isPair}. */
  static SessionCookie of(String pair) {
    int equals = pair.indexOf('=');
    return new SessionCookie(pair.substring(0, equals), pair.substring(equals + 1));
  }

  /** Matches a {@value #REQUEST_HEADER} header that holds this cookie. */
  String regex() {
    return ".*" + name + ".*" + value + ".*";
  }

  /** The {@value #RESPONSE_HEADER} value of the canary's cookie. */
  String set(SessionAffinity affinity) {
    return setCookie(affinity.maxAge(), affinity);
  }

  /** The {@value #RESPONSE_HEADER} value of the primary's cookie, which lives for one interval. */
  String setFor(Duration life, SessionAffinity affinity) {
    return setCookie(life.toSeconds(), affinity);
  }

  /**
   * The {@value #RESPONSE_HEADER} value that makes clients forget the cookie. It has all attributes
   * of the cookie: browsers look for one of the same domain, path and partition.
   */
  String delete(SessionAffinity affinity) {
    return setCookie(-1, affinity);
  }

  private String setCookie(long maxAge, SessionAffinity affinity) {
    return name
        + "="
        + value
        + "; Max-Age="
        + maxAge
        + attribute("Domain", affinity.domain())
        + flag("HttpOnly", affinity.httpOnly())
        + flag("Partitioned", affinity.partitioned())
        + attribute("Path", affinity.path())
        + attribute("SameSite", affinity.sameSite())
        + flag("Secure", affinity.secure());
  }

  private static String attribute(String name, String value) {
    return value.isEmpty() ? "" : "; " + name + "=" + value;
  }

  private static String flag(String name, boolean set) {
    return set ? "; " + name : "";
  }
}
