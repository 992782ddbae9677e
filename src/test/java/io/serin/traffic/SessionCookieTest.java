package io.serin.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.SessionAffinity;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCookieTest {
  private static final SessionAffinity PLAIN =
      new SessionAffinity("ck", "", "", false, 86_400, false, "", "", false);
  private static final SessionAffinity FULL =
      new SessionAffinity("ck", "", "example.com", true, 60, true, "/shop", "Lax", true);

  private final SessionCookie cookie = SessionCookie.of("ck=QwErTyUiOp");

  @Test
  void attributesFollowInFlaggersOrder() {
    assertThat(cookie.set(PLAIN)).isEqualTo("ck=QwErTyUiOp; Max-Age=86400");
    assertThat(cookie.set(FULL))
        .isEqualTo(
            "ck=QwErTyUiOp; Max-Age=60; Domain=example.com; HttpOnly; Partitioned; Path=/shop;"
                + " SameSite=Lax; Secure");
  }

  @Test
  void thePrimarysCookieLivesForOneInterval() {
    assertThat(cookie.setFor(Duration.ofSeconds(90), PLAIN)).isEqualTo("ck=QwErTyUiOp; Max-Age=90");
  }

  @Test
  void pitfall28_theDeletionNamesTheSameDomainAndPath() {
    assertThat(cookie.delete(FULL))
        .startsWith("ck=QwErTyUiOp; Max-Age=-1")
        .contains("; Domain=example.com", "; Path=/shop", "; Partitioned");
    assertThat(cookie.delete(PLAIN)).isEqualTo("ck=QwErTyUiOp; Max-Age=-1");
  }

  @Test
  void requestsAreMatchedByNameAndValue() {
    assertThat(cookie.regex()).isEqualTo(".*ck.*QwErTyUiOp.*");
  }

  @ParameterizedTest
  @CsvSource({"ck=x, true", "'', false", "=x, false", "ck, false"})
  void pitfall29_aNamelessPairIsNoCookie(String pair, boolean cookie) {
    assertThat(SessionCookie.isPair(pair)).isEqualTo(cookie);
  }

  @ParameterizedTest
  @CsvSource({"ck=x, ck, true", "ck=x, other, false", "=x, '', false"})
  void pitfall29_aPairOfAnotherNameIsNotTheCookie(String pair, String name, boolean cookie) {
    assertThat(SessionCookie.isPair(pair, name)).isEqualTo(cookie);
  }
}
