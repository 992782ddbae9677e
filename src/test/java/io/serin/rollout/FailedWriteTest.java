package io.serin.rollout;

import static io.serin.rollout.Analyses.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a write rests on it, so a tick in which one fails writes nothing more. */
class FailedWriteTest {

  @ParameterizedTest
  @CsvSource({
    "0, Service",
    "0, Deployment",
    "1, ControllerRevision",
    "1, VirtualService",
    "2, Deployment",
    "3, VirtualService",
    "6, ControllerRevision",
    "6, Deployment",
    "7, VirtualService",
    "8, Deployment"
  })
  void nothingIsWrittenInATickAfterAWriteThatFailed(int tick, String kind) {
    // given
    Scenario run = new Scenario("istio", STEPS);
    for (int i = 0; i < tick; i++) {
      if (i == 2) {
        run.release("6.0.1");
      }
      run.interval();
    }
    if (tick == 2) {
      run.release("6.0.1");
    }
    // when
    run.cluster.refuse(kind);
    run.forgetTold();
    run.interval();
    // then
    List<String> writes =
        run.cluster.requests().stream()
            .filter(r -> !r.startsWith("event ") && !r.startsWith("read "))
            .toList();
    assertThat(writes).last().asString().contains(" " + kind + " ");
    assertThat(writes).filteredOn(w -> w.contains(" " + kind + " ")).hasSize(1);
  }
}
