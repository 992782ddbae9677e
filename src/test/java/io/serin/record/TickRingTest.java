package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.rollout.TickRecord;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TickRingTest {

  private static List<TickRecord> ticks;

  @BeforeAll
  static void story() {
    ticks = Story.under(Story.policy(Story.STEPS)).rates(99, 99, 99).ticks();
  }

  @Test
  void theLastTicksAreKept() {
    TickRing ring = new TickRing(2);

    ticks.forEach(ring::add);

    assertThat(ring.ticks("test/story")).extracting(TickRecord::tick).containsExactly(3L, 4L);
    assertThat(ring.last("test/story")).isEqualTo(ticks.getLast());
    assertThat(ring.tick("test/story", 3)).isEqualTo(ticks.get(2));
    assertThat(ring.tick("test/story", 1)).isNull();
  }

  @Test
  void aDeletedCanaryIsForgotten() {
    TickRing ring = new TickRing(2);
    ring.add(ticks.getFirst());

    ring.forget("test", "story");

    assertThat(ring.ticks("test/story")).isEmpty();
    assertThat(ring.last("test/story")).isNull();
  }

  @Test
  void aRingThatKeepsNothingIsRefused() {
    assertThatThrownBy(() -> new TickRing(0)).hasMessageContaining("keep at least 1");
  }
}
