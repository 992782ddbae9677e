package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrendsTest {

  private static final Offset<Double> CLOSE = Offset.offset(1e-9);

  @Test
  void aValueThatRisesTowardsItsLimitIsWorsening() {
    Trend trend = trend(null, 500.0, 300, 320, 340, 360, 380);

    assertThat(trend.name()).isEqualTo("latency");
    assertThat(trend.ticks()).isEqualTo(5);
    assertThat(trend.slope()).isEqualTo(20, CLOSE);
    assertThat(trend.last()).isEqualTo(380);
    assertThat(trend.worsening()).isTrue();
    assertThat(trend.minutesToLimit()).isEqualTo(6, CLOSE);
  }

  @Test
  void aValueThatFallsTowardsItsLimitIsWorsening() {
    Trend trend = trend(99.0, null, 100, 99.8, 99.6, 99.4);

    assertThat(trend.worsening()).isTrue();
    assertThat(trend.minutesToLimit()).isEqualTo(2, CLOSE);
  }

  @Test
  void aValueThatMovesAwayFromItsLimitIsNot() {
    Trend trend = trend(99.0, null, 99.1, 99.2, 99.3, 99.4);

    assertThat(trend.worsening()).isFalse();
    assertThat(trend.minutesToLimit()).isNull();
  }

  @Test
  void noiseIsNoTrend() {
    assertThat(trend(null, 500.0, 300, 410, 290, 420, 310, 400).worsening()).isFalse();
  }

  @Test
  void aFlatLineIsNoTrend() {
    assertThat(trend(0.0, 500.0, 300, 300, 300, 300).worsening()).isFalse();
  }

  @Test
  void aLineBeyondTheLimitHasNoMinutesLeft() {
    assertThat(trend(null, 330.0, 300, 320, 340, 360).minutesToLimit()).isZero();
  }

  @Test
  void threeMeasurementsAreTooFew() {
    assertThat(Trends.of("latency", points(null, 500.0, 300, 320, 340))).isNull();
  }

  @Test
  void measurementsOfOneMomentAreNone() {
    Trends.Point point = new Trends.Point(Instant.EPOCH, 1, null, 2.0);

    assertThat(Trends.of("latency", List.of(point, point, point, point))).isNull();
  }

  private static Trend trend(@Nullable Double min, @Nullable Double max, double... values) {
    return Objects.requireNonNull(Trends.of("latency", points(min, max, values)));
  }

  private static List<Trends.Point> points(
      @Nullable Double min, @Nullable Double max, double... values) {
    List<Trends.Point> points = new ArrayList<>();
    for (double value : values) {
      points.add(new Trends.Point(Instant.EPOCH.plusSeconds(60L * points.size()), value, min, max));
    }
    return points;
  }
}
