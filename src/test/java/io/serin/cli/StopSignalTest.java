package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final StopSignal stop = new StopSignal();

  @Test
  void nobodyAskedYet() {
    assertThat(stop.isRequested()).isFalse();
  }

  @Test
  void onceAskedWaitingEnds() throws InterruptedException {
    Thread waiting = Thread.ofVirtual().start(this::await);

    stop.request();
    stop.request();

    waiting.join();
    assertThat(stop.isRequested()).isTrue();
  }

  private void await() {
    try {
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
