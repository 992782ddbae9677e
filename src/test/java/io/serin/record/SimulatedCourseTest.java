package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.rollout.RecordedLife;
import io.serin.rollout.TickRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedCourseTest {

  private final List<TickRecord> ticks = RecordedLife.of(RecordedLife.Way.STEPS, 1);

  @Test
  void aStepIsOnlyDueWhereSomethingWasMeasured() {
    SimulatedCourse waiting = SimulatedCourse.from(ticks.getFirst());
    List<TickRecord> later =
        ticks.stream()
            .filter(tick -> tick.at().isAfter(ticks.getFirst().at().plusSeconds(600)))
            .toList();

    assertThat(later).anyMatch(tick -> !tick.facts().rollout().due());
    assertThat(later)
        .allSatisfy(
            tick ->
                assertThat(waiting.facts(tick, 0).rollout().due())
                    .isEqualTo(tick.facts().rollout().due()));
  }

  @Test
  void aStepIsDueAnIntervalAfterTheLastOneOfTheSimulation() {
    TickRecord due = ticks.stream().filter(tick -> tick.facts().rollout().due()).toList().getLast();
    SimulatedCourse course = SimulatedCourse.from(due);
    SimulatedCourse stepped =
        new SimulatedCourse(course.standing(), "", "", "", due.at().minusSeconds(20));

    assertThat(course.facts(due, 0).rollout().due()).isTrue();
    assertThat(stepped.facts(due, 0).rollout().due()).isFalse();
    assertThat(stepped.facts(due, 0).rollout().secondsUntilDue()).isEqualTo(40);
  }
}
