package io.serin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.rollout.AlertCounter.Result;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AlertMetricsTest {
  @AutoClose private final Metrics all = new Metrics();

  @Test
  void alertsAreCountedByReceiverAndResult() {
    all.alerts().count("slack", Result.SENT);
    all.alerts().count("slack", Result.SENT);
    all.alerts().count("slack", Result.FAILED);

    List<String> scraped =
        all.scrape().lines().filter(line -> line.startsWith("serin_alerts_total")).toList();
    assertThat(scraped)
        .containsExactly(
            "serin_alerts_total{receiver=\"slack\",result=\"dropped\"} 0.0",
            "serin_alerts_total{receiver=\"slack\",result=\"failed\"} 1.0",
            "serin_alerts_total{receiver=\"slack\",result=\"sent\"} 2.0");
  }
}
