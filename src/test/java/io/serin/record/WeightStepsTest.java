package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.rollout.RecordedLife;
import io.serin.rollout.RecordedLife.Way;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightStepsTest {

  @ParameterizedTest
  @CsvSource({"0, 10", "10, 20", "15, 25", "20, 30", "28, 30", "30, 30", "40, 30"})
  void equalStepsGoOnFromAnyWeight(int weight, int next) {
    assertThat(steps(Way.STEPS).after(weight)).hasValue(next);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 5", "3, 5", "5, 25", "24, 25", "25, 60", "60, 60"})
  void unevenStepsAreThoseThatTheRecordingShows(int weight, int next) {
    assertThat(steps(Way.UNEVEN_STEPS).after(weight)).hasValue(next);
  }

  @Test
  void aStepThatAnUnevenRecordingDoesNotShowIsUnknown() {
    var ticks =
        RecordedLife.of(Way.UNEVEN_STEPS, 1).stream()
            .filter(tick -> tick.facts().rollout().weight() < 5)
            .toList();

    assertThat(new WeightSteps(ticks).after(5)).isEqualTo(OptionalInt.empty());
    assertThat(new WeightSteps(ticks).after(2)).hasValue(5);
  }

  private static WeightSteps steps(Way way) {
    return new WeightSteps(RecordedLife.of(way, 1));
  }
}
