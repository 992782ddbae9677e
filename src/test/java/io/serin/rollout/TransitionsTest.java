package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Phase;
import io.serin.traffic.Split;
import org.junit.jupiter.api.Test;

/** The phase machine from end to end. */
class TransitionsTest {

  @Test
  void aProgressiveRunIsPromotedSixTicksAfterItsDetection() {
    Scenario run = new Scenario("gatewayapi:v1", "{stepWeight: 10, maxWeight: 30, metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]}".replace("{stepWeight", "stepWeight").replaceAll("}$", "").replace(", maxWeight", "\nmaxWeight").replace(", metrics", "\nmetrics"));
    run.tick();
    System.out.println(run.last());
    run.tick();
    System.out.println(run.last());
    for (String r : run.cluster.requests()) System.out.println("   " + r);
    run.release("6.0.1");
    run.tick();
    System.out.println(run.last().verdict() + " " + run.last().after());
    for (int i = 0; i < 6; i++) {
      run.interval();
      System.out.println(run.last().verdict() + " " + run.last().after() + " " + run.split());
    }
    assertThat(run.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(run.split()).isEqualTo(Split.PRIMARY);
    assertThat(run.image("podinfo-primary")).isEqualTo("podinfo:6.0.1");
    assertThat(run.replicas("podinfo")).isZero();
    run.told().forEach(System.out::println);
  }
}
