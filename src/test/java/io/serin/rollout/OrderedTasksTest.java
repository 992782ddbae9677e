package io.serin.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedTasksTest {

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theTasksOfAKeyAreDoneInOrder() {
    try (OrderedTasks tasks = new OrderedTasks(1_000)) {
      for (int i = 0; i < 1_000; i++) {
        String name = "" + i;
        assertThat(tasks.offer("key", () -> done.add(name))).isTrue();
      }
    }
    assertThat(done)
        .containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj(i -> "" + i).toList());
  }

  @Test
  void aKeyThatIsBusyDelaysNoOther() throws InterruptedException {
    CountDownLatch other = new CountDownLatch(1);
    try (OrderedTasks tasks = new OrderedTasks(10)) {
      tasks.offer("slow", () -> await(other));
      tasks.offer("slow", () -> done.add("slow"));
      tasks.offer("quick", other::countDown);

      other.await();
    }
    assertThat(done).containsExactly("slow");
  }

  @Test
  void moreThanThereArePlacesForAreNotTaken() {
    CountDownLatch go = new CountDownLatch(1);
    try (OrderedTasks tasks = new OrderedTasks(2)) {
      assertThat(tasks.offer("a", () -> await(go))).isTrue();
      assertThat(tasks.offer("b", () -> await(go))).isTrue();
      assertThat(tasks.offer("c", () -> done.add("c"))).isFalse();
      go.countDown();
    }
    assertThat(done).isEmpty();
  }

  @Test
  void aTaskThatThrowsStopsNothing() {
    try (OrderedTasks tasks = new OrderedTasks(10)) {
      tasks.offer(
          "key",
          () -> {
            throw new IllegalStateException("of the test");
          });
      tasks.offer("key", () -> done.add("next"));
    }
    assertThat(done).containsExactly("next");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
