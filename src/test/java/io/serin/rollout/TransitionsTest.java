package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.fact.Metric;
import io.serin.traffic.Split;
import org.junit.jupiter.api.Test;

class TransitionsTest {

  static final String STEPS =
      "stepWeight: 10\n"
          + "maxWeight: 30\n"
          + "metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]\n";

  @Test
  void aFailedCheckIsCountedAndTheSecondOneOfTwoRollsBackInItsOwnTick() {
    // given
    Scenario run = new Scenario("gatewayapi:v1", STEPS).progressing().interval();
    run.meter.gives("request-success-rate", Metric.Outcome.FAIL);
    // when
    run.interval();
    // then
    assertThat(run.status().failedChecks()).isEqualTo(1);
    assertThat(run.weight()).isEqualTo(10);
    run.interval();
    assertThat(run.phase()).isEqualTo(Phase.FAILED);
    assertThat(run.split()).isEqualTo(Split.PRIMARY);
    assertThat(run.replicas("podinfo")).isZero();
    run.told().forEach(System.out::println);
  }

  @Test
  void abAndBlueGreen() {
    for (String p : new String[] {"gatewayapi:v1", "istio", "kubernetes"}) {
      Scenario run = new Scenario(p, "iterations: 2").progressing();
      for (int i = 0; i < 6; i++) {
        run.interval();
        System.out.println(run.last().verdict() + " " + run.last().after() + " " + run.split());
      }
      run.told().forEach(System.out::println);
      assertThat(run.phase()).isEqualTo(Phase.SUCCEEDED);
      run =
          new Scenario(p, "iterations: 2\nmatch: [{headers: {x-canary: {exact: insider}}}]")
              .progressing();
      for (int i = 0; i < 6; i++) {
        run.interval();
        System.out.println(run.last().verdict() + " " + run.last().after() + " " + run.split());
      }
      run.told().forEach(System.out::println);
      assertThat(run.phase()).isEqualTo(Phase.SUCCEEDED);
    }
  }

  @Test
  void stranded() {
    Scenario run = new Scenario("gatewayapi:v1", STEPS).progressing().intervals(4);
    System.out.println(run.last().verdict());
    run.unready("podinfo-primary").expired("podinfo-primary").tick();
    System.out.println(run.last().verdict() + " " + run.split() + " " + run.last().effects());
    run.ready("podinfo-primary").tick();
    System.out.println(run.last().verdict() + " " + run.split() + " " + run.last().effects());
    System.out.println(run.image("podinfo-primary") + run.replicas("podinfo"));
  }
}
