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
    TickRing ring = new TickRing(2, 100);

    ticks.forEach(ring::add);

    assertThat(ring.ticks("test/story")).extracting(TickRecord::tick).containsExactly(3L, 4L);
    assertThat(ring.last("test/story")).isEqualTo(ticks.getLast());
    assertThat(ring.tick("test/story", 3)).isEqualTo(ticks.get(2));
    assertThat(ring.tick("test/story", 1)).isNull();
  }

  @Test
  void aDeletedCanaryIsForgotten() {
    TickRing ring = new TickRing(2, 100);
    ring.add(ticks.getFirst());

    ring.forget("test", "story");

    assertThat(ring.ticks("test/story")).isEmpty();
    assertThat(ring.last("test/story")).isNull();
  }

  @Test
  void aRingThatKeepsNothingIsRefused() {
    assertThatThrownBy(() -> new TickRing(0, 1)).hasMessageContaining("keep at least 1");
  }

  @Test
  void overAllRolloutsTheOneWithTheMostTicksLosesItsOldest() {
    TickRing ring = new TickRing(10, 4);
    TickRecord first = ticks.getFirst();

    ticks.subList(0, 3).forEach(ring::add);
    ring.add(Samples.with(first, "canary", "test/other"));
    ring.add(Samples.with(first, "canary", "test/third"));

    assertThat(ring.ticks("test/story")).extracting(TickRecord::tick).containsExactly(2L, 3L);
    assertThat(ring.newest())
        .extracting(TickRecord::canary)
        .containsExactly("test/other", "test/story", "test/third");
  }

  @Test
  void evenTheNumberOfRolloutsIsBounded() {
    TickRing ring = new TickRing(10, 2);

    for (int i = 0; i < 5; i++) {
      ring.add(Samples.with(ticks.get(i % 4), "canary", "test/c" + i));
    }

    assertThat(ring.newest()).hasSize(2);
  }
}
