package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionPolicyStatusTest {

  /** Told, used, told then; a restarted controller has not used anything yet. */
  @ParameterizedTest
  @CsvSource({
    "                    ,                     ,                     ",
    "                    , 2026-03-02T10:00:00Z, 2026-03-02T10:00:00Z",
    "2026-03-02T10:00:00Z,                     , 2026-03-02T10:00:00Z",
    "2026-03-02T10:00:00Z, 2026-03-02T10:09:59Z, 2026-03-02T10:00:00Z",
    "2026-03-02T10:00:00Z, 2026-03-02T10:10:00Z, 2026-03-02T10:10:00Z",
  })
  void aUseIsToldAtMostEveryTenMinutes(
      @Nullable Instant told, @Nullable Instant used, @Nullable Instant expected) {
    PromotionPolicyStatus after = used(used).following(used(told), Instant.EPOCH);

    assertThat(after.lastUsed()).isEqualTo(expected);
  }

  private static PromotionPolicyStatus used(@Nullable Instant at) {
    return new PromotionPolicyStatus(1, true, "d1", List.of(), at, List.of());
  }
}
