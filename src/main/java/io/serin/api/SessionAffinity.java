package io.serin.api;

/**
 * Cookies that keep a user on the side that answered first.
 *
 * @param maxAge life of the canary cookie in seconds, 86400 unless given
 * @param primaryCookieName empty when users of the primary are not pinned
 */
public record SessionAffinity(
    String cookieName,
    String primaryCookieName,
    String domain,
    boolean httpOnly,
    int maxAge,
    boolean partitioned,
    String path,
    String sameSite,
    boolean secure) {

  private static final int ONE_DAY = 86_400;

  static SessionAffinity read(Fields f) {
    int maxAge = f.whole("maxAge", ONE_DAY);
    SessionAffinity affinity =
        new SessionAffinity(
            f.text("cookieName"),
            f.text("primaryCookieName"),
            f.text("domain"),
            f.flag("httpOnly"),
            maxAge == 0 ? ONE_DAY : maxAge,
            f.flag("partitioned"),
            f.text("path"),
            f.text("sameSite"),
            f.flag("secure"));
    affinity.findProblems(f);
    return affinity;
  }

  private void findProblems(Fields f) {
    if (cookieName.isEmpty()) {
      f.error("cookieName", "is missing; write the name of the canary's cookie");
    } else if (cookieName.equals(primaryCookieName)) {
      f.error(
          "primaryCookieName",
          "is \"%s\", the same as cookieName; write two different names".formatted(cookieName));
    }
  }
}
