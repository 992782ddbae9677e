package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipTest {

  @Test
  void theOnlyReplicaBeginsWhenItIsStarted() {
    List<String> calls = new ArrayList<>();
    Leadership alone = Leadership.alone(() -> calls.add("begins"));

    assertThat(alone.isLeader()).isTrue();
    assertThat(calls).isEmpty();
    alone.start();
    assertThat(calls).containsExactly("begins");
  }
}
