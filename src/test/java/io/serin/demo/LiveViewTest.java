package io.serin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final LiveView view = new LiveView(new Elapsed(START), 10, false);

  @Test
  void theSplitOfTheRequestsIsABar() {
    List<String> lines = draw(30, Map.of("podinfo-primary", 75L, "podinfo-canary", 25L));

    assertThat(lines).anyMatch(line -> line.contains("primary 75  canary 25  (25 %)"));
  }

  @Test
  void theTimeIsThatOfTheDemo() {
    assertThat(draw(30, Map.of()).getFirst()).endsWith("clock x10   01:05");
  }

  @Test
  void theNewestLinesAreKeptWhenThereAreTooMany() {
    List<String> lines = draw(12, Map.of());

    assertThat(lines).hasSize(12).last().isEqualTo(" line 99");
    assertThat(lines).allMatch(line -> line.length() <= 79);
  }

  private List<String> draw(int rows, Map<String, Long> requests) {
    List<LiveReport.Line> said =
        IntStream.range(0, 100)
            .<LiveReport.Line>mapToObj(i -> new LiveReport.Line.Said("line " + i))
            .toList();
    LiveView.Seen seen = new LiveView.Seen(START.plusSeconds(65), null, null, null, requests, said);
    return view.draw(seen, rows, 79).stream().map(AttributedString::toString).toList();
  }
}
